package org.virusmnist.model;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.internal.c_api.TF_DeviceList;
import org.tensorflow.internal.c_api.TF_Graph;
import org.tensorflow.internal.c_api.TF_Session;
import org.tensorflow.internal.c_api.TF_SessionOptions;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.internal.c_api.global.tensorflow;

/**
 * A device as TensorFlow lists it.
 *
 * @param name {@code GPU:0}
 * @param type {@code CPU} or {@code GPU}
 * @param memoryBytes how much of its memory TensorFlow may take
 */
public record ListedDevice(String name, String type, long memoryBytes) {
  private static final String MARK = "device:";

  /** Returns whether it is a GPU. */
  public boolean isGpu() {
    return type.equals("GPU");
  }

  /**
   * Opens an empty session and lists its devices. TensorFlow Java has no call for that, so this is
   * the C interface below it; the scope frees everything, last made first.
   *
   * @param settings the session's settings
   * @return the devices in TensorFlow's order
   * @throws DeviceUnavailableException if no session can be opened, as with a driver that is too
   *     old
   */
  @SuppressWarnings("try") // the scope is there for what is made inside it
  public static List<ListedDevice> of(SessionSettings settings) throws DeviceUnavailableException {
    try (PointerScope scope = new PointerScope()) {
      TF_Status status = TF_Status.newStatus();
      TF_SessionOptions options = TF_SessionOptions.newSessionOptions();
      byte[] config = settings.toConfigProto().toByteArray();
      tensorflow.TF_SetConfig(options, new BytePointer(config), config.length, status);
      status.throwExceptionIfNotOK();
      return list(TF_Session.newSession(TF_Graph.newGraph(), options, status), status);
    } catch (TensorFlowException e) {
      throw new DeviceUnavailableException(
          "TensorFlow cannot open a session: " + SavedModelStore.firstLine(e) + ".");
    }
  }

  private static List<ListedDevice> list(TF_Session session, TF_Status status) {
    status.throwExceptionIfNotOK();
    TF_DeviceList list = tensorflow.TF_SessionListDevices(session, status);
    status.throwExceptionIfNotOK();
    try {
      List<ListedDevice> devices = new ArrayList<>();
      for (int i = 0; i < tensorflow.TF_DeviceListCount(list); i++) {
        String name = tensorflow.TF_DeviceListName(list, i, status).getString();
        devices.add(
            new ListedDevice(
                name.substring(name.indexOf(MARK) + MARK.length()),
                tensorflow.TF_DeviceListType(list, i, status).getString(),
                tensorflow.TF_DeviceListMemoryBytes(list, i, status)));
        status.throwExceptionIfNotOK();
      }
      return devices;
    } finally {
      tensorflow.TF_DeleteDeviceList(list);
    }
  }
}
