package org.virusmnist.dataset;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;

import java.util.ArrayList;
import java.util.List;

/** Files with a bad encoding, header, line or quote. */
final class RefusedCsv {
  private static final String COLUMNS = "expected label, pixel1..pixel1024 and hash";
  private static final String RENAME = ", " + COLUMNS + ". Rename or remove it.";
  private static final String UTF16 =
      "a.csv: is UTF-16 text, expected UTF-8. Convert it with iconv -f UTF-16 -t UTF-8.";
  private static final String NO_ROWS = "a.csv: has a header but no rows. Check how it was made.";
  private static final String EMPTY =
      "a.csv: is empty, expected a header and rows. Check how it was made.";

  private RefusedCsv() {}

  static List<CsvCase> cases() {
    List<CsvCase> cases = new ArrayList<>();
    encodings(cases);
    headers(cases);
    lines(cases);
    quotes(cases);
    return cases;
  }

  private static void encodings(List<CsvCase> cases) {
    String text = CsvText.valid().text();
    byte[] marked = ("\uFEFF" + text).getBytes(UTF_16LE);
    cases.add(CsvCase.refused("UTF-16, little endian", marked, UTF16));
    cases.add(CsvCase.refused("UTF-16, big endian", ("\uFEFF" + text).getBytes(UTF_16BE), UTF16));
    cases.add(CsvCase.refused("UTF-16 without mark, little", text.getBytes(UTF_16LE), UTF16));
    cases.add(CsvCase.refused("UTF-16 without mark, big", text.getBytes(UTF_16BE), UTF16));
    cases.add(CsvCase.refused("UTF-16 where labels are optional", marked, UTF16).optionalLabels());
    cases.add(CsvCase.refused("empty", "", EMPTY));
    cases.add(CsvCase.refused("a UTF-8 mark and nothing", CsvText.bytes(0xEF, 0xBB, 0xBF), EMPTY));
    cases.add(CsvCase.refused("blank lines only", "\n\n\r\n", EMPTY));
    cases.add(CsvCase.refused("one character", "x", "a.csv:1: column 1 is 'x'" + RENAME));
    cases.add(
        CsvCase.refused(
            "half a UTF-8 mark",
            CsvText.bytes(0xEF, 0xBB),
            "a.csv:1: column 1 is '\\uFFFD'" + RENAME));
    cases.add(
        CsvCase.refused(
            "an almost UTF-8 mark",
            CsvText.bytes(0xEF, 0xBB, 'x'),
            "a.csv:1: column 1 is '\\uFFFDx'" + RENAME));
    cases.add(
        CsvCase.refused(
            "a Windows executable",
            "MZ\u0001\0\u0003",
            "a.csv:1: column 1 is 'MZ\\u0001\\u0000\\u0003'" + RENAME));
    cases.add(
        CsvCase.refused(
            "gzip data without the ending .gz",
            CsvText.valid().gzip(),
            "a.csv: is gzip data, although its name does not end in .gz. Rename it."));
  }

  private static void headers(List<CsvCase> cases) {
    cases.add(CsvCase.refused("header only", CsvText.of(0, 1024), NO_ROWS));
    cases.add(
        CsvCase.refused("header only, no line end", CsvText.of(0, 1024).lineEnd(0, ""), NO_ROWS));
    cases.add(
        CsvCase.refused(
            "header and blank lines", CsvText.of(0, 1024).lineEnd(0, "\n\n\n"), NO_ROWS));
    cases.add(
        CsvCase.refused("header only, labels optional", CsvText.of(0, 1024), NO_ROWS)
            .optionalLabels());
    cases.add(
        CsvCase.refused(
            "no header",
            CsvText.valid().removeRow(0),
            "a.csv:1: has no header: the first cell is '0', expected the names label,"
                + " pixel1..pixel1024 and hash. Add them as the first line."));
    cases.add(
        CsvCase.refused(
            "1,023 pixels",
            CsvText.valid().removeColumn(1024),
            "a.csv:1: column 'pixel1024' is missing, " + COLUMNS + ". Images are 32 x 32 pixels."));
    cases.add(header("1,025 pixels", 1025, "pixel1025", "column 1026 is 'pixel1025'" + RENAME));
    cases.add(
        CsvCase.refused(
            "a pixel missing in the middle",
            CsvText.valid().removeColumn(17),
            "a.csv:1: column 'pixel17' is missing, " + COLUMNS + ". Images are 32 x 32 pixels."));
    cases.add(
        CsvCase.refused(
            "no label column where labels are required",
            CsvText.valid().removeColumn(0),
            "a.csv:1: column 'label' is missing, "
                + COLUMNS
                + ". Only predict reads rows without labels."));
    cases.add(twice("two label columns", 5, "label", "columns 1 and 6"));
    cases.add(twice("two equal pixel columns", 5, "pixel3", "columns 4 and 6"));
    cases.add(twice("two hash columns", 1026, "hash", "columns 1026 and 1027"));
    cases.add(header("unknown column", 1026, "family", "column 1027 is 'family'" + RENAME));
    cases.add(header("a pandas index", 0, "", "column 1 is ''" + RENAME));
    cases.add(header("Label in upper case", 1, "Label", "column 2 is 'Label'" + RENAME));
    cases.add(header("a space before a name", 1, " hash", "column 2 is ' hash'" + RENAME));
    cases.add(header("pixel0", 1, "pixel0", "column 2 is 'pixel0'" + RENAME));
    cases.add(header("pixel01", 1, "pixel01", "column 2 is 'pixel01'" + RENAME));
    cases.add(header("pixel without number", 1, "pixel", "column 2 is 'pixel'" + RENAME));
    cases.add(header("pixel-1", 1, "pixel-1", "column 2 is 'pixel-1'" + RENAME));
    cases.add(
        CsvCase.refused(
            "semicolons",
            CsvText.valid().text().replace(',', ';'),
            "a.csv:1: column 1 is 'label;pixel1;pixel2;pixe...' (9143 characters)" + RENAME));
    cases.add(
        CsvCase.refused(
            "a comment",
            "# Virus-MNIST\n" + CsvText.valid().text(),
            "a.csv:1: column 1 is '# Virus-MNIST'" + RENAME));
    cases.add(
        CsvCase.refused(
            "a comma behind the header",
            CsvText.valid().hash(0, "hash,"),
            "a.csv:1: column 1027 is ''" + RENAME));
  }

  private static void lines(List<CsvCase> cases) {
    cases.add(columns("last row cut", CsvText.valid().line(3, "5,1,2").lineEnd(3, ""), 4, 3));
    cases.add(columns("a cell too few", CsvText.valid().removeCell(2, 9), 3, 1025));
    cases.add(columns("a comma too many", CsvText.valid().hash(2, ","), 3, 1027));
    cases.add(columns("a line of spaces", CsvText.valid().insertLine(2, "   "), 3, 1));
    cases.add(columns("a line of spaces last", CsvText.valid().insertLine(4, " "), 5, 1));
    cases.add(columns("a line of NULs", CsvText.valid().insertLine(2, "\0\0\0"), 3, 1));
    cases.add(columns("CR inside a row", CsvText.valid().cell(2, 9, "1\r2"), 3, 10));
    cases.add(
        CsvCase.refused(
            "CR twice before LF",
            CsvText.valid().lineEnd(1, "\r\r\n"),
            "a.csv:3: is blank, expected a row. Only lines at the end may be blank."));
    cases.add(
        CsvCase.refused(
            "a line of commas",
            CsvText.valid().insertLine(2, ",".repeat(1025)),
            "a.csv:3: label is '', expected an integer from 0 to 9"));
    cases.add(
        CsvCase.refused(
            "the header again, from joined files",
            CsvText.join(CsvText.valid().bytes(), CsvText.valid().bytes()),
            "a.csv:5: label is 'label', expected an integer from 0 to 9"));
    cases.add(blank("a blank line between rows", CsvText.valid().insertLine(2, ""), 3));
    cases.add(blank("a blank line below the header", CsvText.valid().insertLine(1, ""), 2));
    cases.add(blank("a blank line above the header", CsvText.valid().insertLine(0, ""), 1));
    cases.add(
        blank(
            "three blank lines: the first is named",
            CsvText.valid().insertLine(2, "").insertLine(2, "").insertLine(2, ""),
            3));
    cases.add(tooLong("an enormous row", CsvText.valid().cell(2, 9, "1".repeat(4_000_000)), 3));
    cases.add(tooLong("an enormous header", CsvText.valid().cell(0, 9, "1".repeat(4_000_000)), 1));
    cases.add(tooLong("a row of many cells", CsvText.valid().line(2, "1,".repeat(100_000)), 3));
    cases.add(tooLong("an enormous quoted cell", CsvText.valid().cell(2, 9, enormous()), 3));
    cases.add(
        CsvCase.refusedGzip(
            "32 MiB without a line end in 32 KB of gzip data",
            TestImages.gzip(new byte[1 << 25]),
            "a.csv.gz:1: row has more than 65,536 characters, expected a few thousand."));
  }

  private static void quotes(List<CsvCase> cases) {
    String unclosed = ": row has a quote that is never closed. Remove the quote or close it.";
    String behind =
        ": row has a character behind a closing quote, expected a comma or the end of the line.";
    cases.add(
        CsvCase.refused("unclosed quote", CsvText.valid().cell(2, 9, "\"1"), "a.csv:3" + unclosed));
    cases.add(
        CsvCase.refused(
            "unclosed quote in the header",
            CsvText.valid().cell(0, 9, "\"pixel9"),
            "a.csv:1" + unclosed));
    cases.add(
        CsvCase.refused(
            "unclosed quote last", CsvText.valid().hash(3, "\""), "a.csv:4" + unclosed));
    cases.add(
        CsvCase.refused(
            "text behind a quote", CsvText.valid().cell(2, 9, "\"1\"2"), "a.csv:3" + behind));
    cases.add(
        CsvCase.refused(
            "quote that pairs with one three lines on",
            CsvText.valid().cell(1, 9, "\"1").cell(3, 9, "2\"3"),
            "a.csv:2" + behind));
  }

  private static CsvCase header(String name, int column, String columnName, String problem) {
    return CsvCase.refused(
        name, CsvText.valid().insertColumn(column, columnName, "7"), "a.csv:1: " + problem);
  }

  private static CsvCase twice(String name, int column, String columnName, String columns) {
    return header(
        name,
        column,
        columnName,
        "column '" + columnName + "' appears twice, as " + columns + ". Remove one.");
  }

  private static CsvCase columns(String name, CsvText text, int line, int found) {
    return CsvCase.refused(
        name,
        text,
        "a.csv:" + line + ": row has " + found + " columns, expected 1026 as in the header.");
  }

  private static CsvCase blank(String name, CsvText text, int line) {
    return CsvCase.refused(
        name,
        text,
        "a.csv:" + line + ": is blank, expected a row. Only lines at the end may be blank.");
  }

  private static CsvCase tooLong(String name, CsvText text, int line) {
    return CsvCase.refused(
        name,
        text,
        "a.csv:" + line + ": row has more than 65,536 characters, expected a few thousand.");
  }

  private static String enormous() {
    return '"' + "1,2\n".repeat(100_000) + '"';
  }
}
