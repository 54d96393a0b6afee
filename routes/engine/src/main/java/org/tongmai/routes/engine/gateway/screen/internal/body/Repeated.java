package org.tongmai.routes.engine.gateway.screen.internal.body;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.tongmai.routes.engine.gateway.screen.Place;
import org.tongmai.routes.engine.gateway.screen.internal.Inspection;
import org.tongmai.routes.engine.gateway.screen.internal.Refused;
import org.tongmai.routes.engine.gateway.screen.internal.value.FieldKind;

/** The values of each name of a query or a form: IIS and ASP.NET hand on those of one name as one value, with commas. */
final class Repeated {
    private final Map<String, String> first = new HashMap<>();
    private final Map<String, StringBuilder> joined = new HashMap<>();

    void add(String name, String value) {
        String key = name.toLowerCase(Locale.ROOT);
        String before = first.putIfAbsent(key, value);
        if (before != null) {
            joined.computeIfAbsent(key, any -> new StringBuilder(before))
                    .append(',')
                    .append(value);
        }
    }

    /** A list of harmless values has commas, quotes and dashes: only what is certain in free text counts. */
    void judge(Place.Kind kind, Inspection inspection) throws Refused {
        for (Map.Entry<String, StringBuilder> values : joined.entrySet()) {
            inspection.again(values.getValue(), FieldKind.FREE_TEXT, () -> new Place(kind, values.getKey()));
        }
    }
}
