/**
 * Files that are whole or absent: atomic writes and content hashes.
 *
 * <p>Read {@code AtomicFile} first. This package must not know what the files contain: no CSV, no
 * tensors, no metrics; it sees the JDK only.
 */
@NullMarked
package org.virusmnist.storage;

import org.jspecify.annotations.NullMarked;
