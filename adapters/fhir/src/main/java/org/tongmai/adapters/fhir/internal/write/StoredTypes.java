package org.tongmai.adapters.fhir.internal.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tongmai.standards.canonical.CanonicalIds;
import org.tongmai.standards.table.CsvTable;

/** The types that can be written, from {@code stored-types.csv}: the channel of each, and what it is recognised by. */
public final class StoredTypes {
    private static final String TABLE = "/org/tongmai/adapters/fhir/stored-types.csv";

    private final Map<String, Row> rows = new LinkedHashMap<>();

    /** Loads the table that ships with the endpoint. */
    public StoredTypes() {
        try (InputStream in = StoredTypes.class.getResourceAsStream(TABLE)) {
            CsvTable table = CsvTable.read(TABLE, new String(in.readAllBytes(), StandardCharsets.UTF_8));
            for (CsvTable.Row row : table.rows()) {
                Set<String> preferred =
                        row.cell(2).isEmpty() ? Set.of() : Set.of(row.cell(2).split("\\|"));
                List<String> patient =
                        row.cell(3).isEmpty() ? List.of() : List.of(row.cell(3).split("\\|"));
                rows.put(row.cell(0), new Row(row.cell(1), rows.size(), preferred, patient));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(TABLE + " is in the jar", e);
        }
    }

    private record Row(String topic, int rank, Set<String> preferred, List<String> patient) {}

    /** A business identity. */
    record Identity(String system, String value) {
        String id(String type) {
            return CanonicalIds.idFor(type, system, value);
        }

        /** Names no patient. */
        @Override
        public String toString() {
            return "Identity";
        }
    }

    public Set<String> types() {
        return rows.keySet();
    }

    public boolean contains(String type) {
        return rows.containsKey(type);
    }

    /** The elements of a type that name its patient, the first first (FHIR R4, CompartmentDefinition/patient). */
    List<String> patientElements(String type) {
        return rows.get(type).patient();
    }

    /** The channel of what speaks of these types: that of the one that stands first in the table. */
    String topic(Collection<String> types) {
        return types.stream()
                .map(rows::get)
                .min(Comparator.comparingInt(Row::rank))
                .orElseThrow()
                .topic();
    }

    /**
     * What a resource is recognised by, as in HL7 v2: its identifier of a preferred type, else its first; empty where
     * none has system and value. One that is no longer used identifies nothing.
     */
    Optional<Identity> identity(String type, ObjectNode resource) {
        Identity first = null;
        for (JsonNode identifier : identifiers(resource)) {
            String system = identifier.path("system").asText();
            String value = identifier.path("value").asText();
            if (system.isEmpty()
                    || value.isBlank()
                    || identifier.path("use").asText().equals("old")) {
                continue;
            }
            for (JsonNode coding : identifier.path("type").path("coding")) {
                if (rows.get(type).preferred().contains(coding.path("code").asText())) {
                    return Optional.of(new Identity(system, value));
                }
            }
            first = first == null ? new Identity(system, value) : first;
        }
        return Optional.ofNullable(first);
    }

    /** Whether one of a resource's identifiers gives this id. */
    boolean identifies(String type, String id, JsonNode resource) {
        for (JsonNode identifier : identifiers(resource)) {
            String system = identifier.path("system").asText();
            String value = identifier.path("value").asText();
            if (!value.isEmpty() && CanonicalIds.idFor(type, system, value).equals(id)) {
                return true;
            }
        }
        return false;
    }

    /** DocumentReference has a master identifier; some types have one identifier, not a list. */
    private static Iterable<JsonNode> identifiers(JsonNode resource) {
        JsonNode master = resource.path("masterIdentifier");
        if (master.isObject()) {
            return List.of(master);
        }
        JsonNode own = resource.path("identifier");
        return own.isArray() ? own : own.isObject() ? List.of(own) : List.of();
    }
}
