package org.tongmai.mappings.hl7out.internal;

import java.util.Map;
import org.tongmai.standards.terminology.ConceptMap;

/**
 * Systems of identifiers as assigners: {@code urn:oid:…}, {@code urn:uuid:…} and URLs as universal ids (HL7 table 0301); a
 * national system is said by the type alone; {@code urn:tongmai:<owner>:<type>} is that owner where he is not the sender.
 */
final class Systems {
    private static final String OWN = "urn:tongmai:";
    private static final String OID = "urn:oid:";
    private static final String UUID = "urn:uuid:";

    /** Where assigner and type stand: components of the value; assigner 0 for an entity identifier, which is flat. */
    private record Places(int assigner, int type, String defaultType) {}

    private Systems() {}

    static void register(Map<String, Inverse> byName) {
        byName.put("identifier-system", (run, element, cell) -> {
            String segment = run.segment().name();
            String type = segment.equals("PV1") ? "VN" : segment.equals("STF") ? "EI" : "PI";
            return write(run, element, cell, new Places(4, 5, type));
        });
        byName.put("staff-system", (run, element, cell) -> write(run, element, cell, new Places(9, 13, "EI")));
        byName.put("organization-system", (run, element, cell) -> write(run, element, cell, new Places(6, 7, "XX")));
        byName.put("entity-system", (run, element, cell) -> write(run, element, cell, new Places(0, 0, "EI")));
        byName.put("placer-system", (run, element, cell) -> write(run, element, cell, new Places(0, 0, "PLAC")));
        byName.put("filler-system", (run, element, cell) -> write(run, element, cell, new Places(0, 0, "FILL")));
        byName.put(
                "endpoint",
                (run, element, cell) -> universal(cell, element.value().asText(), 1));
        byName.put("endpoint-title", (run, element, cell) -> {
            String[] parts = element.value().asText().split(" - |:", 3);
            return parts.length == 3
                    && cell.part(1).set(parts[0])
                    && cell.part(3).set(parts[1])
                    && cell.part(2).set(parts[2]);
        });
    }

    private static boolean write(BackRun run, Element element, Cell cell, Places places) {
        String system = element.value().asText();
        String type = element.parent().at("/type/coding/0/code").asText("");
        Cell assigner = places.assigner() == 0 ? cell : cell.part(places.assigner());
        int first = places.assigner() == 0 ? 2 : 1;
        if (assigner == null) {
            return false;
        }
        if (system.startsWith(OWN)) {
            return own(run, system.substring(OWN.length()), assigner.part(first))
                    && type(cell, places, system.substring(system.lastIndexOf(':') + 1), type);
        }
        ConceptMap.Target national = run.message().nationalSystems().target(type);
        if (national != null && national.code().equals(system)) {
            return true;
        }
        return universal(assigner, system, first);
    }

    private static boolean own(BackRun run, String rest, Cell namespace) {
        int end = rest.lastIndexOf(':');
        String owner = end < 0 ? rest : rest.substring(0, end);
        boolean sender = owner.equals(run.message().sender()) || owner.equals("unknown");
        return sender || namespace == null || !namespace.isEmpty() || namespace.set(owner);
    }

    /** The type in the system is written where no element says it and the field does not imply it. */
    private static boolean type(Cell cell, Places places, String inSystem, String said) {
        boolean needed = places.type() > 0 && said.isEmpty() && !inSystem.equals(places.defaultType());
        return !needed || cell.part(places.type()).set(inSystem);
    }

    /** Universal id and its type behind the namespace. */
    private static boolean universal(Cell assigner, String system, int namespace) {
        Cell id = assigner.part(namespace + 1);
        Cell type = assigner.part(namespace + 2);
        if (id == null || type == null) {
            return false;
        }
        if (system.startsWith(OID)) {
            return id.set(system.substring(OID.length())) && type.set("ISO");
        }
        if (system.startsWith(UUID)) {
            return id.set(system.substring(UUID.length())) && type.set("UUID");
        }
        for (String kind : new String[] {"dns", "uri"}) {
            String prefix = "urn:" + kind + ":";
            if (system.startsWith(prefix)) {
                return id.set(system.substring(prefix.length())) && type.set(kind.toUpperCase(java.util.Locale.ROOT));
            }
        }
        return id.set(system) && (!system.contains(":") || type.set("URI"));
    }
}
