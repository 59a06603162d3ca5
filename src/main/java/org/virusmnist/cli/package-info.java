/**
 * The command line: parse, wire, print, exit code.
 *
 * <p>Read {@code Main} first. Every verb has its package; {@code console}, {@code input}, {@code
 * session} and {@code run} are what they share, and see no verb. Packages of verbs do not see each
 * other, but {@code tune}, which runs {@code train}, and {@code train}, which audits its data with
 * {@code inspect}. Nothing here may compute: no loops over batches, no arithmetic on metrics.
 * Nothing else may depend on it.
 */
@NullMarked
package org.virusmnist.cli;

import org.jspecify.annotations.NullMarked;
