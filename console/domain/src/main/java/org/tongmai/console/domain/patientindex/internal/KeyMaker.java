package org.tongmai.console.domain.patientindex.internal;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.tongmai.standards.patientindex.PatientTraits;

/** Makes the keys under which records meet (blocking), hashed to 64 bits, by the table {@code keys}. */
public final class KeyMaker {
    private static final int DAY = 10;

    private final MatchPolicy policy;
    private final HanText han;

    public KeyMaker(MatchPolicy policy, HanText han) {
        this.policy = policy;
        this.han = han;
    }

    public List<Long> keys(PatientTraits traits) {
        Set<Long> keys = new LinkedHashSet<>();
        for (MatchPolicy.KeyRule rule : policy.keys()) {
            List<String> texts = List.of(rule.name());
            for (String part : rule.parts()) {
                texts = combined(texts, values(part, traits));
            }
            texts.forEach(text -> keys.add(hash(text)));
        }
        return List.copyOf(keys);
    }

    private static List<String> combined(List<String> texts, List<String> values) {
        List<String> all = new ArrayList<>(texts.size() * values.size());
        for (String text : texts) {
            for (String value : values) {
                all.add(text + "|" + value);
            }
        }
        return all;
    }

    private List<String> values(String part, PatientTraits traits) {
        String date = traits.birthDate();
        return switch (part) {
            case "identifier" ->
                traits.identifiers().stream()
                        .map(each -> each.kind() + "|" + each.value())
                        .toList();
            case "birthDate" -> date.length() == DAY ? List.of(date) : List.of();
            case "birthYear" -> date.isEmpty() ? List.of() : List.of(date.substring(0, 4));
            case "birthMonthDay" -> date.length() == DAY ? List.of(date.substring(5)) : List.of();
            case "familyReading" -> familyReadings(traits.names());
            case "nameReading" -> nameReadings(traits.names());
            case "phone" -> traits.phones();
            default -> throw new IllegalStateException("the table was checked");
        };
    }

    /** A Latin name may have its family name at either end. */
    private List<String> familyReadings(List<PatientTraits.Name> names) {
        Set<String> readings = new LinkedHashSet<>();
        for (PatientTraits.Name name : names) {
            if (HanText.isHan(name.family())) {
                readings.addAll(han.surnameReadings(name.family()));
            } else {
                readings.add(name.family());
                if (!name.given().isEmpty()) {
                    readings.add(name.given());
                }
            }
        }
        return List.copyOf(readings);
    }

    private List<String> nameReadings(List<PatientTraits.Name> names) {
        Set<String> readings = new LinkedHashSet<>();
        for (PatientTraits.Name name : names) {
            if (HanText.isHan(name.family())) {
                han.surnameReadings(name.family())
                        .forEach(family -> readings.add(family + han.usualReading(name.given())));
            } else {
                readings.add(name.family() + name.given());
                readings.add(name.given() + name.family());
            }
        }
        return List.copyOf(readings);
    }

    /** FNV-1a over UTF-16 with a final mix (MurmurHash3 fmix64). A collision costs one comparison, nothing else. */
    private static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
        return hash ^ hash >>> 33;
    }
}
