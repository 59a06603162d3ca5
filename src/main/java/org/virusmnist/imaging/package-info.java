/**
 * Windows executables as images: finding the files, and the recipes that turn bytes into pixels.
 *
 * <p>Read {@code ImageRecipe} first, then {@code FileReader}. Files are read, never run. This
 * package must not know CSV files, models or command lines.
 */
@NullMarked
package org.virusmnist.imaging;

import org.jspecify.annotations.NullMarked;
