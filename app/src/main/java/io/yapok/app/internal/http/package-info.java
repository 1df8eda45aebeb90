/** The management port: is it alive, is it ready, how is it doing. The only package that knows the HTTP server. */
@NullMarked
package io.yapok.app.internal.http;

import org.jspecify.annotations.NullMarked;
