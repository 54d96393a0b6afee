package org.tongmai.mappings;

/**
 * A map file that is laid over the packaged ones: its rows replace those with the same {@code from} and {@code to}, and
 * are added otherwise. Which map it is laid over is its own {@code from} and {@code to}.
 *
 * @param file name for messages, for example {@code routes/bundles/x/hospital-adt.map.yaml}
 * @param text YAML
 */
public record MapSource(String file, String text) {}
