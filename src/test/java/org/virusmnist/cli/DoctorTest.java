package org.virusmnist.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.virusmnist.device.Finding;
import org.virusmnist.device.Finding.Status;

class DoctorTest {
  @TempDir private Path directory;

  private Finding finding(long leastFree) {
    return Doctor.directory("libraries", directory.resolve("new"), leastFree, "VARIABLE");
  }

  @Test
  void wantsTheRoomThatIsNeededAndNoMore() {
    assertThat(finding(0).status()).isEqualTo(Status.OK);
    assertThat(finding(1).status()).isEqualTo(Status.OK);
    assertThat(finding(Long.MAX_VALUE))
        .satisfies(
            full -> {
              assertThat(full.status()).isEqualTo(Status.NOT_OK);
              assertThat(full.detail()).endsWith(" MiB free, expected 8,796,093,022,207 MiB");
            });
  }
}
