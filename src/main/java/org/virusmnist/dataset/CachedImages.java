package org.virusmnist.dataset;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Images read through a {@link DataCache} and how that went.
 *
 * @param images all rows of the file
 * @param fingerprint what identifies the file's content in caches ({@link
 *     org.virusmnist.storage.Fingerprint}), 64 hexadecimal digits; null if the file cannot be read
 *     twice or changed while it was read
 * @param fromCache whether the CSV file did not have to be parsed
 * @param notStored why the images are not in the cache now, or null if they are
 */
public record CachedImages(
    ImageSet images,
    @Nullable String fingerprint,
    boolean fromCache,
    @Nullable IOException notStored) {}
