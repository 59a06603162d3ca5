package org.virusmnist.dataset;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Locale;

/** Odd files that are accepted, each because a common tool writes it and its meaning is plain. */
final class AcceptedCsv {
  private static final byte[] UTF8_MARK = CsvText.bytes(0xEF, 0xBB, 0xBF);

  private AcceptedCsv() {}

  static List<CsvCase> cases() {
    return List.of(
        CsvCase.accepted("plain", CsvText.valid()),
        CsvCase.accepted(
            "UTF-8 mark, as Excel writes", CsvText.join(UTF8_MARK, CsvText.valid().bytes())),
        CsvCase.accepted("CRLF, as RFC 4180 asks for", CsvText.valid().lineEnds("\r\n")),
        CsvCase.accepted("lone CR, a line end to pandas too", CsvText.valid().lineEnds("\r")),
        CsvCase.accepted(
            "mixed line ends, after an edit on another system",
            CsvText.valid().lineEnd(1, "\r\n").lineEnd(2, "\r")),
        CsvCase.accepted("no end of the last line", CsvText.valid().lineEnd(3, "")),
        CsvCase.accepted(
            "no end of the last line after CRLF", CsvText.valid().lineEnds("\r\n").lineEnd(3, "")),
        CsvCase.accepted("blank last line, as editors leave", CsvText.valid().lineEnd(3, "\n\n")),
        CsvCase.accepted(
            "blank last lines with CRLF",
            CsvText.valid().lineEnds("\r\n").lineEnd(3, "\r\n\r\n\r\n")),
        CsvCase.accepted(
            "a hundred thousand blank last lines",
            CsvText.valid().lineEnd(3, "\n".repeat(100_000))),
        CsvCase.accepted(
            "every cell quoted, as R writes", CsvText.valid().everyCell(AcceptedCsv::quote)),
        CsvCase.accepted("one cell quoted", CsvText.valid().cell(2, 17, "\"23\"")),
        CsvCase.accepted(
            "leading zeros", CsvText.valid().cell(2, 17, "0023").label(2, "000000005")),
        CsvCase.accepted("columns in reverse order", CsvText.valid().reverseColumns()),
        CsvCase.accepted("no hash column", CsvText.valid().removeColumn(1025)),
        CsvCase.accepted("no label column", CsvText.valid().removeColumn(0)).optionalLabels(),
        CsvCase.accepted(
                "neither label nor hash", CsvText.valid().removeColumn(1025).removeColumn(0))
            .optionalLabels(),
        CsvCase.accepted("labels where they are optional", CsvText.valid()).optionalLabels(),
        CsvCase.accepted("an empty hash: not known", CsvText.valid().hash(1, "")),
        CsvCase.accepted("an empty hash last", CsvText.valid().hash(3, "").lineEnd(3, "")),
        CsvCase.accepted("every hash empty", CsvText.valid().hash(1, "").hash(2, "").hash(3, "")),
        CsvCase.accepted(
            "upper-case hash",
            CsvText.valid().hash(2, (CsvText.HASH + 1).toUpperCase(Locale.ROOT))),
        CsvCase.accepted("SHA-1 and no hash", hashes("0123456789".repeat(4))),
        CsvCase.accepted("SHA-256 and no hash", hashes("01234567".repeat(8))),
        CsvCase.acceptedGzip("gzip", CsvText.valid().gzip()),
        CsvCase.acceptedGzip(
            "gzip with CRLF and UTF-8 mark",
            TestImages.gzip(CsvText.join(UTF8_MARK, CsvText.valid().lineEnds("\r\n").bytes()))),
        CsvCase.acceptedGzip("gzip in two members, as pigz and cat write", twoMembers()),
        CsvCase.acceptedGzip(
            "gzip and an empty member", CsvText.join(CsvText.valid().gzip(), TestImages.gzip(""))),
        CsvCase.acceptedGzip("gzip with all header fields", fullGzipHeader()),
        new CsvCase("upper-case .GZ", "A.CSV.GZ", CsvText.valid().gzip(), Labels.REQUIRED, null));
  }

  private static String quote(String cell) {
    return '"' + cell + '"';
  }

  private static CsvText hashes(String hash) {
    return CsvText.valid().hash(1, "").hash(2, hash).hash(3, hash);
  }

  private static byte[] twoMembers() {
    String text = CsvText.valid().text();
    return CsvText.join(
        TestImages.gzip(text.substring(0, 10_000)), TestImages.gzip(text.substring(10_000)));
  }

  /** Extra field, name, comment and header checksum: RFC 1952, section 2.3.1. */
  private static byte[] fullGzipHeader() {
    byte[] plain = CsvText.valid().gzip();
    byte[] deflated = java.util.Arrays.copyOfRange(plain, 10, plain.length);
    return CsvText.join(
        CsvText.bytes(0x1F, 0x8B, 8, 2 + 4 + 8 + 16, 0, 0, 0, 0, 0, 255, 3, 0),
        "abc".getBytes(US_ASCII),
        "a.csv\0".getBytes(UTF_8),
        "a comment\0".getBytes(UTF_8),
        CsvText.bytes(0, 0),
        deflated);
  }
}
