package org.virusmnist.model;

import static org.virusmnist.model.TamperedModel.shape;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.model.SessionSettings.Device;
import org.virusmnist.storage.AtomicDirectory;

/**
 * Loads models that pass the gate and are broken all the same, in a process of its own: native code
 * that gives up by aborting would take the tests with it.
 *
 * <p>Prints a line for each: what is broken, then {@code refused} or {@code loaded}.
 */
final class BrokenModels {
  private static final String INDEX = "variables/variables.index";
  private static final String DATA = "variables/variables.data-00000-of-00001";

  /** The call of the signature that every prediction goes by way of. */
  private static final String FEATURES = "StatefulPartitionedCall_4";

  private BrokenModels() {}

  @FunctionalInterface
  interface Tampering {
    void apply(TamperedModel model) throws IOException;
  }

  /**
   * Runs every case.
   *
   * @param arguments a scratch directory, and how many random bit flips to try
   */
  public static void main(String[] arguments) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Map<String, Tampering> cases = new LinkedHashMap<>(variables());
    cases.putAll(graphs());
    addBitFlips(cases, Integer.parseInt(arguments[1]));
    for (Map.Entry<String, Tampering> entry : cases.entrySet()) {
      out.print(entry.getKey() + ": ");
      out.flush();
      out.println(verdict(Path.of(arguments[0]), entry.getValue()));
    }
  }

  private static String verdict(Path scratch, Tampering tampering) throws IOException {
    Path directory = scratch.resolve("broken");
    AtomicDirectory.delete(directory);
    tampering.apply(TamperedModel.copyTo(directory));
    try (ClassifierModel model =
        ClassifierModel.open(SavedModelFile.read(directory), SessionSettings.on(Device.CPU))) {
      model.predict(ImageSet.of(new byte[1024], new int[] {0}), 0, 1);
      AtomicDirectory.delete(scratch.resolve("exported"));
      model.exportTo(scratch.resolve("exported"), target -> {});
      return "loaded";
    } catch (IOException | ModelCallException e) {
      return "refused, " + e.getMessage();
    }
  }

  private static Map<String, Tampering> variables() {
    Map<String, Tampering> cases = new LinkedHashMap<>();
    cases.put("nothing", m -> {});
    cases.put("an empty index", m -> Files.write(m.file(INDEX), new byte[0]));
    cases.put("text as an index", m -> Files.writeString(m.file(INDEX), "x".repeat(3000)));
    cases.put("an index cut short", m -> cut(m.file(INDEX)));
    cases.put("empty data", m -> Files.write(m.file(DATA), new byte[0]));
    cases.put("data cut short", m -> cut(m.file(DATA)));
    cases.put("text as data", m -> Files.writeString(m.file(DATA), "x".repeat(7402)));
    cases.put(
        "the index of another model",
        m ->
            Files.write(
                m.file(INDEX),
                Files.readAllBytes(
                    TamperedModel.TINY.resolveSibling("tiny-3-sigmoid").resolve(INDEX))));
    cases.put(
        "a variable of another shape",
        m ->
            m.editMainNode(
                "head/kernel",
                n -> n.putAttr("shape", AttrValue.newBuilder().setShape(shape(4, 4)).build())));
    cases.put(
        "a variable of another type",
        m -> m.editMainNode("head/kernel", n -> n.putAttr("dtype", type(DataType.DT_INT64))));
    return cases;
  }

  private static void cut(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));
  }

  private static Map<String, Tampering> graphs() {
    Map<String, Tampering> cases = new LinkedHashMap<>();
    cases.put(
        "an input that is not there", m -> m.editMainNode(FEATURES, n -> n.setInput(0, "no")));
    cases.put("too few inputs", m -> m.editMainNode(FEATURES, n -> n.clearInput()));
    cases.put("an input of itself", m -> m.editMainNode(FEATURES, n -> n.setInput(0, FEATURES)));
    cases.put("no attributes", m -> m.editMainNode(FEATURES, n -> n.removeAttr("Tin")));
    cases.put(
        "a placeholder without a type",
        m -> m.editMainNode("features_images", n -> n.removeAttr("dtype")));
    cases.put(
        "a function without results",
        m -> m.editFunction(m.callee(FEATURES), f -> f.clearRet().clearNodeDef()));
    cases.put(
        "a constant with too few bytes",
        m ->
            m.editMainNode(
                "Const",
                n -> {
                  AttrValue.Builder value = n.getAttrOrThrow("value").toBuilder();
                  value
                      .getTensorBuilder()
                      .clear()
                      .setDtype(DataType.DT_FLOAT)
                      .setTensorShape(shape(100))
                      .setTensorContent(ByteString.copyFrom(new byte[7]));
                  n.putAttr("value", value.build()).putAttr("dtype", type(DataType.DT_FLOAT));
                }));
    cases.put(
        "a signature that names no node",
        m ->
            m.editMeta(
                g -> {
                  var features = g.getSignatureDefOrThrow("features").toBuilder();
                  var output = features.getOutputsOrThrow("features").toBuilder();
                  features.putOutputs("features", output.setName("gone:0").build());
                  g.putSignatureDef("features", features.build());
                }));
    cases.put(
        "an output beyond the last",
        m ->
            m.editMeta(
                g -> {
                  var features = g.getSignatureDefOrThrow("features").toBuilder();
                  var output = features.getOutputsOrThrow("features").toBuilder();
                  features.putOutputs("features", output.setName(FEATURES + ":7").build());
                  g.putSignatureDef("features", features.build());
                }));
    return cases;
  }

  private static AttrValue type(DataType type) {
    return AttrValue.newBuilder().setType(type).build();
  }

  private static void addBitFlips(Map<String, Tampering> cases, int count) {
    for (int i = 0; i < count; i++) {
      Random random = new Random(i);
      String name = i % 3 == 0 ? DATA : i % 3 == 1 ? INDEX : "saved_model.pb";
      cases.put("bit flip " + i + " in " + name, m -> flip(m.file(name), random));
    }
  }

  private static void flip(Path file, Random random) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    Files.write(file, bytes);
  }
}
