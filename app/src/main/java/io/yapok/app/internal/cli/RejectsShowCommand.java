package io.yapok.app.internal.cli;

import io.yapok.app.internal.JsonText;
import io.yapok.app.internal.Utf8;
import io.yapok.app.internal.rejects.DeadLetter;
import io.yapok.app.internal.rejects.RecordPlace;
import io.yapok.app.internal.rejects.Rejects;
import io.yapok.schemas.PipelineDocument;
import io.yapok.schemas.Problem;
import io.yapok.schemas.ProblemsException;
import io.yapok.schemas.Where;
import io.yapok.topology.DeadLetterHeaders;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code yapok rejects show}: one reject with all that is known of it. */
@Command(name = "show", description = "Shows one rejected record: why, where it came from, its key, headers and value.", mixinStandardHelpOptions = true)
final class RejectsShowCommand implements Callable<Integer> {
  private static final int SHOWN_CHARACTERS = 2_000;

  @Mixin private RejectsOptions options = new RejectsOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(index = "1", paramLabel = "PARTITION:OFFSET", description = "Where it is in the dead-letter topic, as 'yapok rejects list' says.")
  private String record = "";

  @Option(names = "--json", description = "Print one JSON object, key, headers and value whole; what is not UTF-8 text in Base64.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    PipelineDocument document = options.document();
    RecordPlace place = RejectChoice.place(record);
    DeadLetter letter;
    boolean replayed;
    try (Rejects rejects = options.open(document)) {
      letter =
          rejects
              .find(place)
              .orElseThrow(() -> new ProblemsException(new Problem("the dead-letter topic has no record there", Where.of(place.toString()), "take one that 'yapok rejects list' names")));
      replayed = rejects.wasReplayed(place);
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(JsonText.of(json(letter, replayed)));
    } else {
      print(letter, replayed, out);
    }
    out.flush();
    return ExitCode.FINE;
  }

  private static void print(DeadLetter letter, boolean replayed, PrintWriter out) {
    letter.said().forEach((name, value) -> out.println(RejectsText.plain(name) + ": " + RejectsText.plain(value)));
    out.println("time: " + Instant.ofEpochMilli(letter.record().timestamp()));
    out.println("replayed: " + (replayed ? "yes" : "no") + (letter.replays() > 0 ? ", and " + letter.replays() + " times before it was rejected" : ""));
    out.println("key: " + shown(letter.record().key()));
    DeadLetterHeaders.original(letter.record().headers()).forEach(header -> out.println("header " + RejectsText.plain(header.key()) + ": " + shown(header.value())));
    out.println(letter.isPointer() ? "value: at its origin, it is too large for the dead-letter topic" : "value: " + shown(letter.record().value()));
  }

  private static String shown(byte @Nullable [] bytes) {
    if (bytes == null) {
      return "(null)";
    }
    String text = RejectsText.plain(Utf8.text(bytes).orElseGet(() -> "(Base64) " + Base64.getEncoder().encodeToString(bytes)));
    return text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "... (" + bytes.length + " bytes; --json shows all)";
  }

  private static Map<String, Object> json(DeadLetter letter, boolean replayed) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("record", letter.place().toString());
    json.putAll(letter.said());
    json.put("time", Instant.ofEpochMilli(letter.record().timestamp()).toString());
    json.put("replayed", replayed);
    json.put("replays", letter.replays());
    put(json, "key", letter.record().key());
    Map<String, Object> headers = new LinkedHashMap<>();
    DeadLetterHeaders.original(letter.record().headers()).forEach(header -> put(headers, header.key(), header.value()));
    json.put("headers", headers);
    put(json, "value", letter.record().value());
    return json;
  }

  private static void put(Map<String, Object> json, String name, byte @Nullable [] bytes) {
    if (bytes != null) {
      Optional<String> text = Utf8.text(bytes);
      json.put(text.isPresent() ? name : name + "_base64", text.orElseGet(() -> Base64.getEncoder().encodeToString(bytes)));
    }
  }
}
