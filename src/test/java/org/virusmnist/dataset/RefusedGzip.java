package org.virusmnist.dataset;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Files named .gz whose gzip frame is damaged, cut or followed by something else. */
final class RefusedGzip {
  private static final String CUT =
      "has gzip data that ends too early. It was cut short: copy it again.";

  private RefusedGzip() {}

  static List<CsvCase> cases() {
    List<CsvCase> cases = new ArrayList<>();
    byte[] whole = CsvText.valid().gzip();
    cases.add(
        CsvCase.refusedGzip(
            "plain text named .gz",
            CsvText.valid().bytes(),
            "a.csv.gz: is not gzip data, although its name ends in .gz. Remove the ending."));
    cases.add(
        CsvCase.refusedGzip(
            "one byte of gzip",
            CsvText.bytes(0x1F),
            "a.csv.gz: is not gzip data, although its name ends in .gz. Remove the ending."));
    cases.add(
        CsvCase.refusedGzip(
            "nothing named .gz", new byte[0], "a.csv.gz: is empty, expected gzip data."));
    cases.add(
        CsvCase.refusedGzip(
            "gzip of nothing",
            TestImages.gzip(""),
            "a.csv.gz: is empty, expected a header and rows. Check how it was made."));
    cases.add(
        CsvCase.refusedGzip(
            "gzip of gzip",
            TestImages.gzip(whole),
            "a.csv.gz: is gzip data twice, expected once. Gunzip it."));
    cases.add(CsvCase.refusedGzip("gzip cut in its header", cut(whole, 7), "a.csv.gz: " + CUT));
    cases.add(
        CsvCase.refusedGzip("gzip cut behind its header", cut(whole, 10), "a.csv.gz: " + CUT));
    cases.add(
        CsvCase.refusedGzip(
            "gzip cut in its data", cut(whole, whole.length / 2), "a.csv.gz:1: " + CUT));
    cases.add(
        CsvCase.refusedGzip(
            "gzip cut in its checksum", cut(whole, whole.length - 6), "a.csv.gz:5: " + CUT));
    cases.add(
        CsvCase.refusedGzip(
            "text behind gzip",
            CsvText.join(whole, "tail".getBytes(US_ASCII)),
            "a.csv.gz:5: has data behind the end of its gzip data."));
    cases.add(
        CsvCase.refusedGzip(
            "zeros behind gzip",
            CsvText.join(whole, new byte[512]),
            "a.csv.gz:5: has data behind the end of its gzip data."));
    cases.add(
        corrupt(
            "gzip with a wrong checksum",
            whole,
            whole.length - 8,
            "a.csv.gz:5: has corrupt gzip data (the checksum differs)."));
    cases.add(
        corrupt(
            "gzip with a wrong length",
            whole,
            whole.length - 4,
            "a.csv.gz:5: has corrupt gzip data (the checksum differs)."));
    cases.add(
        corrupt("gzip of a wrong method", whole, 2, "a.csv.gz: has gzip data of an unknown kind."));
    cases.add(
        corrupt(
            "gzip with reserved flags", whole, 3, "a.csv.gz: has gzip data of an unknown kind."));
    cases.add(
        CsvCase.refusedGzip(
            "gzip with a block of no known type",
            CsvText.join(cut(whole, 10), CsvText.bytes(7, 0, 0)),
            "a.csv.gz: has corrupt gzip data (invalid block type)."));
    return cases;
  }

  private static byte[] cut(byte[] whole, int length) {
    return Arrays.copyOf(whole, length);
  }

  private static CsvCase corrupt(String name, byte[] whole, int at, String message) {
    byte[] corrupt = whole.clone();
    corrupt[at] ^= (byte) 0xFF;
    return CsvCase.refusedGzip(name, corrupt, message);
  }
}
