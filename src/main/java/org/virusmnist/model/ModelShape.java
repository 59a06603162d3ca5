package org.virusmnist.model;

/**
 * The sizes in which models of the contract differ.
 *
 * @param featureCount features per image, F; 1280 for the notebook's MobileNetV2
 * @param classCount number of classes, C
 */
public record ModelShape(int featureCount, int classCount) {}
