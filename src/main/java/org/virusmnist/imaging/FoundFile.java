package org.virusmnist.imaging;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file that may be an executable.
 *
 * @param path the file, below what the user named
 * @param folder the sub-folder it lies in, at any depth, of the folder that the user named; null if
 *     it lies in none
 * @param problem why it cannot be read at all, or null
 */
public record FoundFile(Path path, @Nullable String folder, @Nullable String problem) {}
