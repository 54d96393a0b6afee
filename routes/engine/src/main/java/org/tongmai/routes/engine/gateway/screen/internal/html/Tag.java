package org.tongmai.routes.engine.gateway.screen.internal.html;

import java.util.Map;

/**
 * A tag as a browser would see it.
 *
 * @param name in lower case; of an end tag with a slash before it
 * @param attributes names in lower case, values with their character references resolved, in order
 */
record Tag(String name, Map<String, String> attributes) {}
