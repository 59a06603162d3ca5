/**
 * What every verb has in common towards the terminal: exit codes, one-line errors, logs, progress
 * bars, tables, and an end by a signal.
 *
 * <p>Knows no verb, no file format and no model.
 */
@NullMarked
package org.virusmnist.cli.console;

import org.jspecify.annotations.NullMarked;
