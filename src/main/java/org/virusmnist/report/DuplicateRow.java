package org.virusmnist.report;

import org.jspecify.annotations.Nullable;

/**
 * A row that has the pixels of another one, or nearly so.
 *
 * @param file file of the row
 * @param row its number, data rows counted from 0
 * @param hash its hash, or null
 * @param label its class, or null
 * @param otherFile file of the row it is like
 * @param otherRow that row's number
 * @param otherLabel that row's class, or null
 * @param bytes differing bytes of the two, 0 for equal pixels
 */
public record DuplicateRow(
    String file,
    int row,
    @Nullable String hash,
    @Nullable Integer label,
    String otherFile,
    int otherRow,
    @Nullable Integer otherLabel,
    int bytes) {}
