package org.virusmnist.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Font;
import org.junit.jupiter.api.Test;

class FittedTextTest {
  private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 10);

  @Test
  void shortTextStaysAsItIs() {
    assertThat(FittedText.of("efi_image", FONT, 200)).isEqualTo(new FittedText("efi_image", FONT));
  }

  @Test
  void longTextGetsSmaller() {
    String name = "dotnet_readytorun_x64";
    double width = FittedText.width(name, FONT);

    FittedText fitted = FittedText.of(name, FONT, 0.9 * width);

    assertThat(fitted.text()).isEqualTo(name);
    assertThat(FittedText.width(name, fitted.font())).isLessThanOrEqualTo(0.9 * width);
  }

  @Test
  void tooLongTextKeepsItsEnds() {
    FittedText fitted = FittedText.of("0123456789012345678901234567890123456789", FONT, 60);

    assertThat(fitted.text()).matches("0123\\d*…\\d*789");
    assertThat(FittedText.width(fitted.text(), fitted.font())).isLessThanOrEqualTo(60);
  }

  @Test
  void emptyTextFitsAnywhere() {
    assertThat(FittedText.of("", FONT, 0).text()).isEmpty();
  }
}
