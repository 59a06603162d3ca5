/**
 * The batch verbs on Apache Spark: images, convert, features, predict, evaluate, audit.
 *
 * <p>Start with {@link org.virusmnist.spark.SparkRun} and {@link org.virusmnist.spark.PredictJob}.
 * The only package that sees {@code org.apache.spark} and Hadoop's file systems. It must not know
 * the command line, charts or training; it is compiled under the Maven profile {@code spark} alone
 * and nothing of the ordinary application may depend on it.
 */
@NullMarked
package org.virusmnist.spark;

import org.jspecify.annotations.NullMarked;
