package org.virusmnist.dataset;

/** Whether a CSV file must have a label column. Where it has one, every label must be valid. */
public enum Labels {
  /** The file is refused without a label column: training and evaluation need it. */
  REQUIRED,
  /** The label column may be missing: prediction works on unlabelled rows. */
  OPTIONAL
}
