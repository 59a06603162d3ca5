package org.virusmnist.inference;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.virusmnist.dataset.ImageSet;
import org.virusmnist.inference.OrderedPipeline.Source;
import org.virusmnist.inference.RowRanges.Range;

/** A data set in chunks, numbered as they are delivered. */
public final class ImageChunks implements Source<ImageChunk> {
  private final Source<ImageSet> rows;
  private long nextRow;

  /**
   * Numbers the rows of a stream.
   *
   * @param rows delivers consecutive rows, null at the end
   */
  public ImageChunks(Source<ImageSet> rows) {
    this.rows = rows;
  }

  /**
   * Cuts images in memory into chunks.
   *
   * @param images the images
   * @param batchSize rows of a chunk
   * @return the chunks
   */
  public static ImageChunks of(ImageSet images, int batchSize) {
    RowRanges ranges = new RowRanges(images.size(), batchSize);
    return new ImageChunks(
        () -> {
          Range range = ranges.next();
          return range == null ? null : images.select(range.rows());
        });
  }

  @Override
  public @Nullable ImageChunk next() throws IOException {
    ImageSet images = rows.next();
    if (images == null) {
      return null;
    }
    ImageChunk chunk = new ImageChunk(nextRow, images);
    nextRow += images.size();
    return chunk;
  }
}
