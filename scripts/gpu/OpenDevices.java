import org.virusmnist.model.ListedDevice;
import org.virusmnist.model.SessionSettings;
import org.virusmnist.model.TensorFlowLibrary;

/**
 * Opens a TensorFlow session without a look at the machine before: what {@code DevicePlanner} would
 * refuse is TensorFlow's to say. For the negative controls of scripts/gpu-selftest; run as a source
 * file, {@code java -cp CLASSES:LIBRARIES OpenDevices.java}.
 */
final class OpenDevices {
  private OpenDevices() {}

  public static void main(String[] arguments) throws Exception {
    System.out.println("TensorFlow " + TensorFlowLibrary.version());
    System.out.println(
        ListedDevice.of(SessionSettings.on(SessionSettings.Device.AUTO)));
  }
}
