"""Turns a Keras MobileNetV2 into the SavedModel whose signatures train it from Java.

Modules, in the order data passes through them:

* ``weights``     finds or downloads MobileNetV2's weights and builds the Keras model
* ``folding``     folds BatchNorm into the convolutions: a ``Plan`` of plain arrays
* ``network``     the folded network over TensorFlow variables
* ``losses``      targets, per-row losses, activations
* ``adam``        Keras's Adam over a group of variables
* ``noise``       random numbers of a step
* ``classifier``  network, head and optimizer state: every variable of the SavedModel
* ``symbols``, ``byte_branch``, ``depth_branch``, ``mixture``  the accurate model in its place
* ``rows``        training rows, fed or kept in the device's memory
* ``training``    many optimizer steps in one call
* ``explain``, ``symbol_explain``  integrated gradients
* ``signatures``  the named signatures of the contract
* ``contract``    ``contract.json``
* ``saving``      writes the directory, all or nothing
"""
