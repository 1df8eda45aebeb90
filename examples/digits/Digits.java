import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * The MNIST test images as JSON records, and how many of the answers are right.
 *
 * <pre>
 * java Digits.java records t10k-images-idx3-ubyte.gz t10k-labels-idx1-ubyte.gz > digits.ndjson
 * java Digits.java accuracy < scored.ndjson
 * </pre>
 */
final class Digits {
  private static final int IMAGES_MAGIC = 2051;
  private static final int LABELS_MAGIC = 2049;
  private static final Pattern DIGIT = Pattern.compile("\"digit\":(\\d)");
  private static final Pattern LABEL = Pattern.compile("\"label\": *(\\d)");

  private Digits() {}

  public static void main(String[] args) throws IOException {
    if (args.length == 3 && args[0].equals("records")) {
      records(Path.of(args[1]), Path.of(args[2]));
    } else if (args.length == 1 && args[0].equals("accuracy")) {
      accuracy();
    } else {
      System.err.println("usage: java Digits.java records IMAGES.gz LABELS.gz | java Digits.java accuracy < RESULTS");
      System.exit(2);
    }
  }

  /** One line an image: {"id": 0, "label": 7, "pixels": [784 numbers from 0 to 255]}. */
  private static void records(Path imageFile, Path labelFile) throws IOException {
    try (DataInputStream images = open(imageFile, IMAGES_MAGIC);
        DataInputStream labels = open(labelFile, LABELS_MAGIC);
        PrintStream out = new PrintStream(new BufferedOutputStream(System.out, 1 << 16), false, StandardCharsets.UTF_8)) {
      int count = images.readInt();
      byte[] pixels = new byte[images.readInt() * images.readInt()];
      if (labels.readInt() != count) {
        throw new IOException("there are not as many labels as images");
      }
      StringBuilder line = new StringBuilder();
      for (int id = 0; id < count; id++) {
        images.readFully(pixels);
        line.setLength(0);
        line.append("{\"id\": ").append(id).append(", \"label\": ").append(labels.readUnsignedByte()).append(", \"pixels\": [");
        for (int i = 0; i < pixels.length; i++) {
          line.append(i == 0 ? "" : ",").append(pixels[i] & 0xff);
        }
        out.append(line).append("]}\n");
      }
    }
  }

  private static DataInputStream open(Path file, int magic) throws IOException {
    DataInputStream in = new DataInputStream(new GZIPInputStream(Files.newInputStream(file), 1 << 16));
    if (in.readInt() != magic) {
      throw new IOException(file + " is not the idx file that it should be");
    }
    return in;
  }

  /** Reads results from standard input, one a line, and compares out.digit with in.label. */
  private static void accuracy() throws IOException {
    int answers = 0;
    int right = 0;
    try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        answers++;
        right += digitIn(DIGIT, line) == digitIn(LABEL, line) ? 1 : 0;
      }
    }
    System.out.println(right + " of " + answers + " right");
  }

  private static char digitIn(Pattern pattern, String line) throws IOException {
    Matcher found = pattern.matcher(line);
    if (!found.find()) {
      throw new IOException("no " + pattern + " in: " + line.substring(0, Math.min(200, line.length())));
    }
    return found.group(1).charAt(0);
  }
}
