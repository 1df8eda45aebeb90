package io.yapok.schemas;

import io.yapok.schemas.OwnedKafkaKeys.Owned;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the schema of results comes into a registry, by the settings of Confluent's serializers.
 *
 * @param names under which subject it stands
 * @param registers whether it is registered where it is not there; else it must be
 */
record ResultRegistration(SubjectNames names, boolean registers) {
  private static final String STRATEGY = "value.subject.name.strategy";
  private static final String REGISTER = "auto.register.schemas";
  private static final String LATEST = "use.latest.version";

  static final Set<String> KEYS = Set.of(STRATEGY, REGISTER, LATEST);

  /**
   * What the settings say.
   *
   * @throws IllegalArgumentException if a value is none
   */
  static ResultRegistration of(Map<String, ?> settings) {
    for (String key : KEYS) {
      Object value = settings.get(key);
      if (value != null) {
        refused(key, value.toString().strip()).ifPresent(refused -> {
          throw new IllegalArgumentException(refused.what());
        });
      }
    }
    Object strategy = settings.get(STRATEGY);
    SubjectNames names = strategy == null ? SubjectNames.TOPIC : SubjectNames.named(strategy.toString().strip()).orElseThrow();
    Object register = settings.get(REGISTER);
    return new ResultRegistration(names, register == null || Boolean.parseBoolean(register.toString().strip()));
  }

  /** Why a setting is refused; empty for one that is fine or none of these. What config providers have is not known yet and not refused. */
  static Optional<Owned> refused(String key, String value) {
    return value.startsWith("${") ? Optional.empty() : Optional.ofNullable(reason(key, value));
  }

  private static @Nullable Owned reason(String key, String value) {
    return switch (key) {
      case STRATEGY -> SubjectNames.named(value).isPresent() ? null : new Owned("no subject name strategy of Confluent's is \"" + value + "\"", "write one of " + SubjectNames.labels());
      case REGISTER -> isTruth(value) ? null : new Owned("\"" + REGISTER + "\" cannot be \"" + value + "\"", "write true or false");
      case LATEST ->
          value.equalsIgnoreCase("false")
              ? null
              : new Owned("\"" + LATEST + "\" cannot be \"" + value + "\": results are written by the pipeline's own schema, not by the latest", "remove it; " + REGISTER + ": false takes the schema that is there, if it is the same");
      default -> null;
    };
  }

  private static boolean isTruth(String value) {
    return value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false");
  }
}
