package org.virusmnist.report.html;

import static java.nio.charset.StandardCharsets.UTF_8;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import org.virusmnist.storage.AtomicFile;

/** A template filled with values and written as a file. */
final class Page {
  private Page() {}

  static void write(Path html, String template, Object view) throws IOException {
    TemplateEngine engine =
        TemplateEngine.createPrecompiled(
            null, ContentType.Html, Page.class.getClassLoader(), Page.class.getPackageName());
    StringOutput page = new StringOutput();
    engine.render(
        template,
        Map.of("view", view, "css", resource("report.css"), "script", resource("report.js")),
        page);
    byte[] bytes = (page.toString().strip() + "\n").getBytes(UTF_8);
    AtomicFile.write(html, out -> out.write(bytes));
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = Page.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new FileNotFoundException(name + " is not on the class path");
      }
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
