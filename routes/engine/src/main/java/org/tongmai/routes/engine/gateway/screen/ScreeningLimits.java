package org.tongmai.routes.engine.gateway.screen;

/**
 * Bounds of what is read of one request; what is beyond is refused as {@link ScreenError#BEYOND_LIMIT}.
 *
 * @param depth nesting of JSON and XML
 * @param values names and values of the whole request
 * @param valueLength characters of one value
 * @param parts parts of a multipart body
 */
public record ScreeningLimits(int depth, int values, int valueLength, int parts) {
    public static final ScreeningLimits DEFAULTS = new ScreeningLimits(64, 100_000, 10 * 1024 * 1024, 100);

    public ScreeningLimits {
        if (depth < 1 || values < 1 || valueLength < 1 || parts < 1) {
            throw new IllegalArgumentException("every limit of the screening is at least 1");
        }
    }
}
