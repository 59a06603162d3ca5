package org.virusmnist.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.AccessControlException;
import org.junit.jupiter.api.Test;

/** What is a file's own fault is a reason; what a second try may mend is none. */
class SampleFileTest {
  @Test
  void tellsFilesThatAreGoneOrForbiddenFromFaultsOfTheNetwork() {
    assertThat(SampleFile.fault(new FileNotFoundException("/x (No such file or directory)")))
        .isEqualTo("is no longer there");
    assertThat(SampleFile.fault(new FileNotFoundException("/x (Permission denied)")))
        .isEqualTo("cannot be read: permission denied");
    assertThat(SampleFile.fault(new AccessControlException("no")))
        .isEqualTo("cannot be read: permission denied");
    assertThat(SampleFile.fault(new SocketTimeoutException("timed out"))).isNull();
    assertThat(SampleFile.fault(new IOException("Input/output error"))).isNull();
  }

  @Test
  void smallFilesShareTasksAndLargeOnesDoNot() {
    assertThat(ImagesJob.tasks(0, 2, 100_000_000, 100_000_000L << 20)).isEqualTo(48_829);
    assertThat(ImagesJob.tasks(0, 2, 1000, 1000)).isEqualTo(2);
    assertThat(ImagesJob.tasks(0, 16, 3, 3L << 40)).isEqualTo(3);
    assertThat(ImagesJob.tasks(7, 2, 1000, 1000)).isEqualTo(7);
    assertThat(ImagesJob.tasks(0, 2, 0, 0)).isEqualTo(1);
  }

  @Test
  void classesAreFoldersBelowWhatNamesNoPattern() throws IOException {
    Configuration settings = new Configuration();
    assertThat(SampleListing.root("/data/*/2020/*.exe", settings)).isEqualTo("file:/data");
    assertThat(SampleListing.root("/data/{a,b}", settings)).isEqualTo("file:/data");
    assertThat(SampleListing.root("/data/samples/", settings)).isEqualTo("file:/data/samples");
  }
}
