package io.yapok.schemas;

import io.yapok.schemas.internal.registry.RegistryClient.RefusedException;
import java.io.IOException;
import javax.net.ssl.SSLException;

/** What to tell the user when a registry is not as it should be. */
final class RegistryFaults {
  private static final int NOT_FOUND = 404;

  private final Where where;

  /** Faults of the registry at these addresses. */
  RegistryFaults(String address) {
    this.where = Where.of(address.replaceAll("//[^/@,]*@", "//")); // without a name and a password
  }

  RegistryException refused(RefusedException e) {
    String whatToDo =
        switch (e.status()) {
          case 401, 403 -> "check basic.auth.user.info or bearer.auth.token, and what they may do";
          case NOT_FOUND -> "check the path in " + SchemaRegistry.URL;
          default -> "look at the registry's own log";
        };
    return fault("the schema registry refuses (" + e.getMessage() + ")", whatToDo, e);
  }

  RegistryException away(IOException e) {
    return e instanceof SSLException
        ? fault("no secure connection to the schema registry can be made (" + rootMessage(e) + ")", "check that it speaks TLS there, and schema.registry.ssl.truststore.*", e)
        : fault("the schema registry does not answer (" + rootMessage(e) + ")", "check " + SchemaRegistry.URL + ", http or https, and that it runs", e);
  }

  RegistryException notTaken(String subject, RefusedException e) {
    return fault("the schema registry does not take the results' schema for \"" + subject + "\" (" + e.getMessage() + ")", "write the results to another topic, or look at the subject's compatibility", e);
  }

  RegistryException notThere(String subject, RefusedException e) {
    return fault("the schema registry does not have the results' schema for \"" + subject + "\" (" + e.getMessage() + ")", "register what 'yapok schema --results' prints, or remove auto.register.schemas", e);
  }

  private RegistryException fault(String what, String whatToDo, Exception cause) {
    return new RegistryException(new Problem(what, where, whatToDo), cause);
  }

  static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = root.getMessage();
    return message == null || message.isBlank() ? root.getClass().getSimpleName() : message;
  }
}
