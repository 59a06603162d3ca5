package org.virusmnist.chart;

import java.awt.Font;
import java.awt.Graphics2D;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code samples.png} and {@code misclassified.png}: images in rows, captions below each.
 *
 * <p>A pixel of an image is a square of whole pixels (nearest neighbour): bytes, not photographs.
 */
public final class ImageGridChart {
  private static final int IMAGE = 80;
  private static final int CELL_WIDTH = 114;
  private static final int MARGIN = 18;
  private static final int TITLE_HEIGHT = 34;
  private static final int LINE_HEIGHT = 12;
  private static final int ROW_GAP = 14;
  private static final int MIN_COLUMNS = 4;

  private final ChartStyle style;
  private final int columns;
  private final int captionLines;

  private ImageGridChart(ChartStyle style, int columns, int captionLines) {
    this.style = style;
    this.columns = columns;
    this.captionLines = captionLines;
  }

  /**
   * Draws the grid.
   *
   * @param png path of the file
   * @param title line above the images
   * @param tiles at least one image, in reading order
   * @param columns images in a row at most
   * @param style colours and fonts
   * @throws IOException if it cannot be written; the file is then as it was
   * @throws IllegalArgumentException if there is no image or no column
   */
  public static void write(
      Path png, String title, List<ImageTile> tiles, int columns, ChartStyle style)
      throws IOException {
    if (tiles.isEmpty() || columns < 1) {
      throw new IllegalArgumentException(
          tiles.size() + " images in " + columns + " columns, expected at least 1 in 1");
    }
    int lines = tiles.stream().mapToInt(tile -> tile.captions().size()).max().orElse(0);
    ImageGridChart grid = new ImageGridChart(style, Math.min(columns, tiles.size()), lines);
    PngFile.write(
        png, grid.size(tiles.size()), style, graphics -> grid.draw(graphics, title, tiles));
  }

  static PngFile.Size size(int tileCount, int columns, int captionLines) {
    return new ImageGridChart(ChartStyle.light(), columns, captionLines).size(tileCount);
  }

  private PngFile.Size size(int tileCount) {
    int rows = (tileCount + columns - 1) / columns;
    return new PngFile.Size(
        2 * MARGIN + Math.max(MIN_COLUMNS, columns) * CELL_WIDTH,
        MARGIN + TITLE_HEIGHT + rows * rowHeight());
  }

  private int rowHeight() {
    return IMAGE + 4 + captionLines * LINE_HEIGHT + ROW_GAP;
  }

  private void draw(Graphics2D graphics, String title, List<ImageTile> tiles) {
    float left = MARGIN + (CELL_WIDTH - IMAGE) / 2f;
    double room = size(tiles.size()).width() - 2 * left;
    graphics.setColor(style.ink());
    FittedText.of(title, style.titleFont(), room, graphics).draw(graphics, left, MARGIN + 12f);
    for (int i = 0; i < tiles.size(); i++) {
      int x = MARGIN + i % columns * CELL_WIDTH;
      int y = MARGIN + TITLE_HEIGHT - 8 + i / columns * rowHeight();
      draw(graphics, tiles.get(i), x, y);
    }
  }

  private void draw(Graphics2D graphics, ImageTile tile, int x, int y) {
    int left = x + (CELL_WIDTH - IMAGE) / 2;
    graphics.drawImage(tile.image(), left, y, IMAGE, IMAGE, null);
    graphics.setColor(style.muted());
    graphics.setStroke(style.gridStroke());
    graphics.drawRect(left, y, IMAGE, IMAGE);
    for (int line = 0; line < tile.captions().size(); line++) {
      Font font = style.smallFont().deriveFont(line == 0 ? Font.BOLD : Font.PLAIN, 8.8f);
      graphics.setColor(line == 0 ? style.ink() : style.muted());
      FittedText text = FittedText.of(tile.captions().get(line), font, CELL_WIDTH - 6, graphics);
      text.drawCentred(graphics, x + CELL_WIDTH / 2f, y + IMAGE + 3f + (line + 1) * LINE_HEIGHT);
    }
  }
}
