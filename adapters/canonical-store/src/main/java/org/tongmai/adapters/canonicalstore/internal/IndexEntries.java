package org.tongmai.adapters.canonicalstore.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tongmai.standards.canonical.DateRange;
import org.tongmai.standards.canonical.SearchKind;

/** What the search index holds for one resource. */
final class IndexEntries {
    /** Open ends of periods. */
    static final long FOREVER = Long.MAX_VALUE;

    static final long EVER = Long.MIN_VALUE;

    private final Set<Text> texts = new HashSet<>();
    private final Set<Date> dates = new HashSet<>();
    private final ZoneId zone;

    private IndexEntries(ZoneId zone) {
        this.zone = zone;
    }

    static IndexEntries none() {
        return new IndexEntries(ZoneId.of("UTC"));
    }

    static IndexEntries of(ObjectNode content, List<IndexedParameters.Indexed> parameters, ZoneId zone) {
        IndexEntries entries = new IndexEntries(zone);
        for (IndexedParameters.Indexed parameter : parameters) {
            for (String[] path : parameter.paths()) {
                entries.walk(content, path, 0, parameter);
            }
        }
        return entries;
    }

    Set<Text> texts() {
        return texts;
    }

    Set<Date> dates() {
        return dates;
    }

    private void walk(JsonNode node, String[] path, int depth, IndexedParameters.Indexed parameter) {
        if (node.isArray()) {
            for (JsonNode element : node) {
                walk(element, path, depth, parameter);
            }
        } else if (depth == path.length) {
            add(node, parameter.kind(), parameter.number());
        } else {
            JsonNode child = node.get(path[depth]);
            if (child != null) {
                walk(child, path, depth + 1, parameter);
            }
        }
    }

    private void add(JsonNode node, SearchKind kind, short parameter) {
        switch (kind) {
            case TOKEN -> token(node, parameter);
            case STRING -> string(node, parameter);
            case REFERENCE -> text(parameter, node.path("reference").textValue(), "");
            case DATE, PERIOD -> date(node, parameter);
        }
    }

    private void token(JsonNode node, short parameter) {
        JsonNode codings = node.get("coding");
        if (codings != null) {
            for (JsonNode coding : codings) {
                token(coding, parameter);
            }
        } else if (node.isValueNode()) {
            text(parameter, node.asText(), "");
        } else {
            String system = node.path("system").textValue();
            String value = node.has("code")
                    ? node.path("code").textValue()
                    : node.path("value").textValue();
            text(parameter, value, system == null ? "" : SearchText.exact(system));
        }
    }

    private void string(JsonNode node, short parameter) {
        if (node.isTextual()) {
            normalised(parameter, node.textValue());
            return;
        }
        for (String part : SearchText.NAME_PARTS) {
            JsonNode value = node.get(part);
            if (value != null && value.isArray()) {
                value.forEach(each -> normalised(parameter, each.textValue()));
            } else if (value != null) {
                normalised(parameter, value.textValue());
            }
        }
    }

    private void date(JsonNode node, short parameter) {
        if (node.isTextual()) {
            DateRange.parse(node.textValue(), zone)
                    .ifPresent(range -> dates.add(new Date(
                            parameter, range.low().toEpochMilli(), range.high().toEpochMilli())));
        } else if (node.isObject() && (node.has("start") || node.has("end"))) {
            Optional<DateRange> start = range(node, "start");
            Optional<DateRange> end = range(node, "end");
            long low = start.map(range -> range.low().toEpochMilli()).orElse(EVER);
            long high = end.map(range -> range.high().toEpochMilli()).orElse(FOREVER);
            dates.add(new Date(parameter, low, high));
        }
    }

    private Optional<DateRange> range(JsonNode node, String field) {
        String text = node.path(field).textValue();
        return text == null ? Optional.empty() : DateRange.parse(text, zone);
    }

    private void normalised(short parameter, String value) {
        if (value != null) {
            text(parameter, SearchText.bounded(SearchText.normalise(value)), "");
        }
    }

    private void text(short parameter, String value, String system) {
        if (value != null && !value.isEmpty()) {
            texts.add(new Text(parameter, SearchText.exact(value), system));
        }
    }

    record Text(short parameter, String value, String system) {
        @Override
        public String toString() {
            return "Text[" + parameter + "]";
        }
    }

    record Date(short parameter, long low, long high) {}
}
