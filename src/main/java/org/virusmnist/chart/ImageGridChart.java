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
  private static final int NARROWEST = 104;
  private static final int WIDEST = 180;
  private static final int GAP = 10;
  private static final int MARGIN = 18;
  private static final int TITLE_HEIGHT = 26;
  private static final int LINE_HEIGHT = 12;
  private static final int ROW_GAP = 14;
  private static final int LEAST_WIDTH = 456;
  private static final float CAPTION_TEXT = 8.5f;

  private final ChartStyle style;
  private final List<ImageTile> tiles;
  private final int columns;
  private final int captionLines;
  private final int cellWidth;

  private ImageGridChart(ChartStyle style, List<ImageTile> tiles, int columns) {
    this.style = style;
    this.tiles = tiles;
    this.columns = Math.min(columns, tiles.size());
    this.captionLines = tiles.stream().mapToInt(tile -> tile.captions().size()).max().orElse(0);
    this.cellWidth = cellWidth();
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
    PngFile.requireFont(style); // the layout below measures text
    ImageGridChart grid = new ImageGridChart(style, tiles, columns);
    PngFile.write(png, grid.size(), style, graphics -> grid.draw(graphics, title));
  }

  static PngFile.Size size(List<ImageTile> tiles, int columns, ChartStyle style) {
    return new ImageGridChart(style, tiles, columns).size();
  }

  private PngFile.Size size() {
    int rows = (tiles.size() + columns - 1) / columns;
    return new PngFile.Size(
        Math.max(LEAST_WIDTH, 2 * MARGIN + columns * cellWidth),
        MARGIN + TITLE_HEIGHT + rows * rowHeight());
  }

  private int rowHeight() {
    return IMAGE + 4 + captionLines * LINE_HEIGHT + ROW_GAP;
  }

  /** As wide as the longest caption, within limits: all captions have one size. */
  private int cellWidth() {
    double longest = 0;
    for (ImageTile tile : tiles) {
      for (int line = 0; line < tile.captions().size(); line++) {
        longest = Math.max(longest, FittedText.width(tile.captions().get(line), captionFont(line)));
      }
    }
    return Math.max(NARROWEST, Math.min(WIDEST, (int) Math.ceil(longest) + GAP));
  }

  private void draw(Graphics2D graphics, String title) {
    float left = MARGIN + (cellWidth - IMAGE) / 2f;
    double room = size().width() - 2 * left;
    graphics.setColor(style.ink());
    FittedText.of(title, style.titleFont(), room, graphics).draw(graphics, left, MARGIN + 12f);
    for (int i = 0; i < tiles.size(); i++) {
      int x = MARGIN + i % columns * cellWidth;
      int y = MARGIN + TITLE_HEIGHT + i / columns * rowHeight();
      draw(graphics, tiles.get(i), x, y);
    }
  }

  private void draw(Graphics2D graphics, ImageTile tile, int x, int y) {
    int left = x + (cellWidth - IMAGE) / 2;
    graphics.drawImage(tile.image(), left, y, IMAGE, IMAGE, null);
    graphics.setColor(style.muted());
    graphics.setStroke(style.gridStroke());
    graphics.drawRect(left, y, IMAGE, IMAGE);
    for (int line = 0; line < tile.captions().size(); line++) {
      String caption = tile.captions().get(line);
      graphics.setColor(line == 0 ? style.ink() : style.muted());
      FittedText.of(caption, captionFont(line), cellWidth - GAP + 1.0, graphics)
          .drawCentred(graphics, x + cellWidth / 2f, y + IMAGE + 3f + (line + 1) * LINE_HEIGHT);
    }
  }

  private Font captionFont(int line) {
    return style.smallFont().deriveFont(line == 0 ? Font.BOLD : Font.PLAIN, CAPTION_TEXT);
  }
}
