package org.virusmnist.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.types.TString;

/**
 * The variables of an open model that training may have changed, the optimizer's included.
 *
 * <p>While the base is frozen that is one file of a few hundred kilobytes instead of the whole
 * model's tens of megabytes. All others are what they are in a model that was just opened and
 * initialized with the same seed. To be called while no other call changes weights.
 */
public final class TrainedVariables {
  private final ClassifierModel model;
  private final SortedSet<String> known;

  /**
   * Watches a model, which stays the caller's.
   *
   * @param model the model
   * @param trainsOnFeatures whether its head is about to be trained on features, not on images
   */
  public TrainedVariables(ClassifierModel model, boolean trainsOnFeatures) {
    this.model = model;
    this.known =
        new TreeSet<>(
            List.of(trainsOnFeatures ? ModelSignatures.TRAIN_HEAD : ModelSignatures.TRAIN));
  }

  /**
   * Returns the signatures that are about to train it or have done so, here or before it was
   * restored.
   *
   * @return names of signatures, sorted
   */
  public SortedSet<String> signatures() {
    SortedSet<String> signatures = new TreeSet<>(known);
    signatures.addAll(model.session().trainedBy());
    return signatures;
  }

  /**
   * Writes the variables that those signatures can change.
   *
   * @param prefix path that the names of the files begin with; its directory exists
   * @throws IOException if they cannot be written
   */
  public void save(Path prefix) throws IOException {
    run(prefix, signatures(), VariableFiles.SAVE, "write");
  }

  /**
   * Brings variables back to what they were when {@link #save} wrote them.
   *
   * @param prefix what {@link #save} was given
   * @param signatures what {@link #signatures} returned then
   * @throws IOException if they cannot be read or are another model's
   */
  public void restore(Path prefix, Collection<String> signatures) throws IOException {
    run(prefix, new TreeSet<>(signatures), VariableFiles.RESTORE, "read");
    known.addAll(signatures);
  }

  private void run(Path prefix, SortedSet<String> signatures, String target, String verb)
      throws IOException {
    try (TString file = TString.scalarOf(prefix.toString())) {
      String part = part(signatures);
      ModelSession session = model.session();
      session
          .runner()
          .feed(part + VariableFiles.PREFIX, file)
          .addTarget(part + target)
          .run()
          .close();
    } catch (RuntimeException e) {
      throw new IOException(
          "%s: TensorFlow cannot %s the weights: %s"
              .formatted(prefix, verb, SavedModelStore.firstLine(e)),
          e);
    }
  }

  /** Takes the graph that writes and reads into the session and returns its prefix. */
  private String part(SortedSet<String> signatures) {
    ModelSession session = model.session();
    String prefix = "checkpoint_of_" + String.join("_", signatures) + "/";
    session.add(
        prefix,
        () -> {
          List<GraphDef> trained = signatures.stream().map(session::load).toList();
          Collection<NodeDef> variables =
              VariableFiles.variables(trained, session.savedPart()).values();
          return VariableFiles.of(variables);
        });
    return prefix;
  }
}
