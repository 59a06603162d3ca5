/**
 * Options that name a model and a device, and the open model they lead to, with what several verbs
 * ask of it: features, probabilities, scores, an explanation.
 *
 * <p>Must not train, and must not know a run directory.
 */
@NullMarked
package org.virusmnist.cli.session;

import org.jspecify.annotations.NullMarked;
