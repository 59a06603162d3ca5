/**
 * The headers of Windows executables (Portable Executable files), read and never run.
 *
 * <p>Read {@code PeFields} first. This package sees the JDK only: it must not know images, models
 * or command lines.
 */
@NullMarked
package org.virusmnist.pe;

import org.jspecify.annotations.NullMarked;
