package org.virusmnist.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;

/** Files with one bad cell, hash or label. */
final class RefusedCells {
  private static final String PIXEL = "expected an integer from 0 to 255";
  private static final String LABEL = "expected an integer from 0 to 9";
  private static final String NUL = ". The file has NUL bytes: it is damaged or not text";
  private static final String HASH = "expected 32, 40 or 64 hexadecimal digits or nothing";

  private RefusedCells() {}

  static List<CsvCase> cases() {
    List<CsvCase> cases = new ArrayList<>();
    pixels(cases);
    labels(cases);
    hashes(cases);
    return cases;
  }

  private static void pixels(List<CsvCase> cases) {
    cases.add(pixel("pixel −1", "-1", "'-1', " + PIXEL));
    cases.add(pixel("pixel 256", "256", "'256', " + PIXEL));
    cases.add(pixel("pixel 1000000000", "1000000000", "'1000000000', " + PIXEL));
    cases.add(pixel("pixel beyond 64 bits", "9".repeat(20), "'99999999999999999999', " + PIXEL));
    cases.add(pixel("pixel that is 44 in 32 bits", "4294967340", "'4294967340', " + PIXEL));
    cases.add(pixel("pixel 1e9", "1e9", "'1e9', " + PIXEL));
    cases.add(pixel("empty pixel", "", "'', " + PIXEL));
    cases.add(pixel("quoted empty pixel", "\"\"", "'', " + PIXEL));
    cases.add(pixel("pixel NaN", "NaN", "'NaN', " + PIXEL));
    cases.add(pixel("pixel 1.0", "1.0", "'1.0', " + PIXEL));
    cases.add(pixel("pixel 7.5", "7.5", "'7.5', " + PIXEL));
    cases.add(pixel("pixel 0x10", "0x10", "'0x10', " + PIXEL));
    cases.add(pixel("pixel +7", "+7", "'+7', " + PIXEL));
    cases.add(pixel("pixel −0", "-0", "'-0', " + PIXEL));
    cases.add(pixel("space before a pixel", " 7", "' 7', " + PIXEL));
    cases.add(pixel("space behind a pixel", "7 ", "'7 ', " + PIXEL));
    cases.add(pixel("tab before a pixel", "\t7", "'\\u00097', " + PIXEL));
    cases.add(pixel("text for a pixel", "x9", "'x9', " + PIXEL));
    cases.add(pixel("true for a pixel", "true", "'true', " + PIXEL));
    cases.add(pixel("full-width digits", "１２", "'\\uFF11\\uFF12', " + PIXEL));
    cases.add(pixel("Arabic-Indic digits", "٣", "'\\u0663', " + PIXEL));
    cases.add(pixel("superscript digit", "²", "'\\u00B2', " + PIXEL));
    cases.add(pixel("thousands separator", "\"1,0\"", "'1,0', " + PIXEL));
    cases.add(pixel("NUL for a pixel", "\0", "'\\u0000', " + PIXEL + NUL));
    cases.add(pixel("NUL behind a pixel", "7\0", "'7\\u0000', " + PIXEL + NUL));
    cases.add(pixel("terminal escape", "\u001B[2J", "'\\u001B[2J', " + PIXEL));
    cases.add(pixel("quote inside a pixel", "1\"2", "'1\"2', " + PIXEL));
    cases.add(pixel("doubled quote", "\"1\"\"2\"", "'1\"2', " + PIXEL));
    cases.add(pixel("line end inside quotes", "\"1\n2\"", "'1\\u000A2', " + PIXEL));
    cases.add(
        pixel(
            "pixel of a thousand digits",
            "1".repeat(1000),
            "'111111111111111111111111...' (1000 characters), " + PIXEL));
    cases.add(
        CsvCase.refused(
            "bytes that are not UTF-8",
            CsvText.join(
                CsvText.valid().removeRow(3).text().getBytes(UTF_8), CsvText.bytes('5', ',', 0xFF)),
            "a.csv:4: row has 2 columns, expected 1026 as in the header."));
    cases.add(
        CsvCase.refused(
            "a pixel that is not UTF-8",
            notUtf8(CsvText.valid().cell(2, 17, "~").bytes()),
            "a.csv:3: pixel17 is '\\uFFFD', " + PIXEL));
    cases.add(
        CsvCase.refused(
            "two bad cells: the first is named",
            CsvText.valid().cell(2, 18, "b").cell(2, 17, "a"),
            "a.csv:3: pixel17 is 'a', " + PIXEL));
    cases.add(
        CsvCase.refused(
            "a bad pixel in reversed columns",
            CsvText.valid().reverseColumns().cell(3, 1, "a"),
            "a.csv:4: pixel1024 is 'a', " + PIXEL));
    cases.add(
        CsvCase.refused(
            "a bad pixel behind lone CRs",
            CsvText.valid().lineEnds("\r").cell(3, 1, "a"),
            "a.csv:4: pixel1 is 'a', " + PIXEL));
    cases.add(
        CsvCase.refused(
            "a bad pixel behind CRLFs and without a last line end",
            CsvText.valid().lineEnds("\r\n").lineEnd(3, "").cell(3, 1, "a"),
            "a.csv:4: pixel1 is 'a', " + PIXEL));
  }

  private static void labels(List<CsvCase> cases) {
    cases.add(label("label −1", "-1", "'-1'"));
    cases.add(label("label 10", "10", "'10'"));
    cases.add(label("text for a label", "worm", "'worm'"));
    cases.add(label("empty label", "", "''"));
    cases.add(label("label 1.0", "1.0", "'1.0'"));
    cases.add(label("label beyond 32 bits", "4294967297", "'4294967297'"));
    cases.add(label("empty label where labels are optional", "", "''").optionalLabels());
    cases.add(label("label 10 where labels are optional", "10", "'10'").optionalLabels());
  }

  private static void hashes(List<CsvCase> cases) {
    String digits = CsvText.HASH;
    cases.add(hash("hash of 31 digits", digits, "'9a931d81ebefc730470add15...' (31 characters)"));
    cases.add(
        hash("hash of 33 digits", digits + "12", "'9a931d81ebefc730470add15...' (33 characters)"));
    cases.add(hash("hash with a g", "g" + digits, "'g9a931d81ebefc730470add1...' (32 characters)"));
    cases.add(
        hash("hash with a colon", ":" + digits, "':9a931d81ebefc730470add1...' (32 characters)"));
    cases.add(
        hash(
            "hash with a full-width digit",
            "１" + digits,
            "'\\uFF119a931d81ebefc730470add1...' (32 characters)"));
    cases.add(hash("hash that is a formula", "=cmd|'/C calc'!A0", "'=cmd|'/C calc'!A0'"));
    cases.add(hash("hash that is a space", " ", "' '"));
    cases.add(
        CsvCase.refused(
            "hashes of two kinds",
            CsvText.valid().hash(2, "01234567".repeat(8)),
            "a.csv:3: hash is '012345670123456701234567...' (64 characters), expected 32 digits as"
                + " in the rows before"));
  }

  private static CsvCase pixel(String name, String cell, String problem) {
    return CsvCase.refused(
        name, CsvText.valid().cell(2, 17, cell), "a.csv:3: pixel17 is " + problem);
  }

  private static CsvCase label(String name, String cell, String shown) {
    return CsvCase.refused(
        name, CsvText.valid().label(3, cell), "a.csv:4: label is " + shown + ", " + LABEL);
  }

  private static CsvCase hash(String name, String cell, String shown) {
    return CsvCase.refused(
        name, CsvText.valid().hash(1, cell), "a.csv:2: hash is " + shown + ", " + HASH);
  }

  private static byte[] notUtf8(byte[] content) {
    for (int i = 0; i < content.length; i++) {
      content[i] = content[i] == '~' ? (byte) 0xFF : content[i];
    }
    return content;
  }
}
