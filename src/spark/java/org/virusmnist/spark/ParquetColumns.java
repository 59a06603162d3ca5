package org.virusmnist.spark;

import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.jspecify.annotations.Nullable;
import org.virusmnist.dataset.DatasetFormatException;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.dataset.Labels;

/**
 * The columns of one Parquet file that are read, whoever has written it, and what a row of them
 * says.
 *
 * <p>A label is a whole number, in whatever type its writer has chosen for it: pandas writes int64,
 * and double where a row has none. Other columns are passed over, one called {@code row} too: its
 * numbers are those of another data set.
 */
final class ParquetColumns {
  private static final List<String> OTHERS =
      List.of(Columns.LABEL, Columns.HASH, Columns.PATH, Columns.RECIPE);

  private final MessageType wanted;

  /** Takes the columns out of the schema of a file that has no {@link #fault}. */
  ParquetColumns(MessageType schema) {
    List<Type> types = new ArrayList<>(List.of(schema.getType(Columns.PIXELS)));
    for (String name : OTHERS) {
      if (schema.containsField(name)) {
        types.add(schema.getType(name));
      }
    }
    this.wanted = new MessageType(schema.getName(), types);
  }

  /** Says why no images can be read from files of a schema; empty if they can. */
  static String fault(MessageType schema) {
    if (!isSingle(schema, Columns.PIXELS)
        || typeName(schema, Columns.PIXELS) != PrimitiveTypeName.BINARY) {
      return "has the columns %s, expected a binary column 'pixels'. Make it with 'spark convert' or 'spark images'."
          .formatted(String.join(", ", schema.getFields().stream().map(Type::getName).toList()));
    }
    for (String name : OTHERS) {
      if (schema.containsField(name) && !isSingle(schema, name)) {
        return "has a column '%s' of lists or groups, expected single values".formatted(name);
      }
    }
    return "";
  }

  private static boolean isSingle(MessageType schema, String name) {
    return schema.containsField(name)
        && schema.getType(name).isPrimitive()
        && !schema.getType(name).isRepetition(Repetition.REPEATED);
  }

  private static PrimitiveTypeName typeName(GroupType schema, String name) {
    return schema.getType(name).asPrimitiveType().getPrimitiveTypeName();
  }

  /** What is asked of a file's reader. */
  MessageType wanted() {
    return wanted;
  }

  boolean has(String column) {
    return wanted.containsField(column);
  }

  /** Says what is wrong with a row, or null. */
  @Nullable String fault(Group row, int classCount, Labels labels) {
    if (isNull(row, Columns.PIXELS)) {
      return "pixels is absent, expected %d bytes".formatted(ImageSet.PIXELS);
    }
    int bytes = row.getBinary(Columns.PIXELS, 0).length();
    if (bytes != ImageSet.PIXELS) {
      return "pixels has %d bytes, expected %d".formatted(bytes, ImageSet.PIXELS);
    }
    if (isNull(row, Columns.LABEL)) {
      return labels == Labels.OPTIONAL ? null : labelFault("absent", classCount);
    }
    long label = labelOf(row);
    return label >= 0 && label < classCount ? null : labelFault(shownLabel(row), classCount);
  }

  private static String labelFault(String found, int classCount) {
    return "label is %s, expected an integer from 0 to %d".formatted(found, classCount - 1);
  }

  private String shownLabel(Group row) {
    String text = row.getValueToString(wanted.getFieldIndex(Columns.LABEL), 0);
    return typeName(wanted, Columns.LABEL) == PrimitiveTypeName.BINARY
        ? DatasetFormatException.quoted(text)
        : text;
  }

  /** Pixels of a row without a fault; its own bytes. */
  byte[] pixels(Group row) {
    return row.getBinary(Columns.PIXELS, 0).getBytes();
  }

  /** Label of a row without a fault; null where it has none. */
  @Nullable Integer label(Group row) {
    return isNull(row, Columns.LABEL) ? null : (Integer) (int) labelOf(row);
  }

  /** A cell as text; null where it is absent. */
  @Nullable String text(Group row, String column) {
    return isNull(row, column) ? null : row.getValueToString(wanted.getFieldIndex(column), 0);
  }

  private boolean isNull(Group row, String column) {
    return !has(column) || row.getFieldRepetitionCount(column) == 0;
  }

  /** Returns a label that is there, or −1 if it is no whole number. */
  private long labelOf(Group row) {
    PrimitiveType type = wanted.getType(Columns.LABEL).asPrimitiveType();
    boolean isPlain =
        type.getLogicalTypeAnnotation() == null
            || type.getLogicalTypeAnnotation() instanceof IntLogicalTypeAnnotation;
    return switch (type.getPrimitiveTypeName()) {
      case INT32 -> isPlain ? row.getInteger(Columns.LABEL, 0) : -1;
      case INT64 -> isPlain ? row.getLong(Columns.LABEL, 0) : -1;
      case FLOAT -> whole(row.getFloat(Columns.LABEL, 0));
      case DOUBLE -> whole(row.getDouble(Columns.LABEL, 0));
      case BINARY -> parsed(row.getString(Columns.LABEL, 0));
      default -> -1;
    };
  }

  private static long whole(double value) {
    return value == Math.rint(value) ? (long) value : -1;
  }

  private static long parsed(String text) {
    return text.matches("[0-9]{1,9}") ? Long.parseLong(text) : -1;
  }
}
