/**
 * Trained models for other Java programs: load one, hand it bytes, read what it says.
 *
 * <p>Start with {@code Classifier}; {@code docs/examples/ClassifyFiles.java} uses it. Signatures
 * here name types of the JDK and of this package only, so that everything below may change.
 */
@NullMarked
package org.virusmnist.api;

import org.jspecify.annotations.NullMarked;
