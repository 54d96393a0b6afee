package org.tongmai.console.domain.patientindex.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.tongmai.standards.patientindex.PatientTraits;

/** Reads of a FHIR R4 Patient what is compared, and makes it comparable. */
public final class TraitsReader {
    /** Nobody has longer or more of anything; what a broken sender repeats a thousand times must cost nothing. */
    private static final int LONGEST = 100;

    private static final int MOST = 10;
    private static final Set<String> LINKS = Set.of("replaced-by", "seealso");

    private final MatchPolicy policy;
    private final HanText han;

    public TraitsReader(MatchPolicy policy, HanText han) {
        this.policy = policy;
        this.han = han;
    }

    public PatientTraits read(JsonNode patient) {
        String birthDate = patient.path("birthDate").asText("");
        String known = policy.isPlaceholder("birthDate", birthDate) ? "" : birthDate;
        String gender = patient.path("gender").asText("");
        return new PatientTraits(
                names(patient.path("name")),
                known,
                gender.equals("male") || gender.equals("female") ? gender : "",
                phones(patient.path("telecom")),
                addresses(patient.path("address")),
                identifiers(patient.path("identifier"), known));
    }

    /** What the sender says about this record and others: {@code replaced-by:<id>}, {@code seealso:<id>}. */
    public List<String> links(JsonNode patient) {
        Set<String> links = new TreeSet<>();
        for (JsonNode link : patient.path("link")) {
            String type = link.path("type").asText("");
            String other = link.path("other").path("reference").asText("");
            if (LINKS.contains(type) && other.startsWith("Patient/")) {
                links.add(type + ":" + other.substring("Patient/".length()));
            }
        }
        return List.copyOf(links);
    }

    private List<PatientTraits.Name> names(JsonNode names) {
        Set<PatientTraits.Name> found = new LinkedHashSet<>();
        for (JsonNode name : names) {
            StringBuilder given = new StringBuilder();
            name.path("given").forEach(each -> given.append(each.asText("")));
            String family = name.path("family").asText("");
            String text = name.path("text").asText("");
            boolean parts = !family.isEmpty() && !given.isEmpty();
            name(parts ? family : text.isEmpty() ? family + given : text, parts ? given.toString() : "")
                    .ifPresent(found::add);
        }
        return bounded(found);
    }

    /** Makes a name of its two parts, or of a whole text that is then split. */
    private Optional<PatientTraits.Name> name(String familyOrText, String given) {
        String first = bounded(han.fold(familyOrText)).strip();
        String rest = letters(bounded(han.fold(given)));
        String whole = letters(first) + rest;
        if (whole.isEmpty() || policy.isPlaceholder("name", whole)) {
            return Optional.empty();
        }
        if (!rest.isEmpty()) {
            return Optional.of(new PatientTraits.Name(letters(first), rest));
        }
        if (HanText.isHan(whole)) {
            int end = Math.min(han.surnameLength(whole), whole.length());
            return Optional.of(new PatientTraits.Name(whole.substring(0, end), whole.substring(end)));
        }
        int blank = first.indexOf(' ');
        return Optional.of(
                blank < 0
                        ? new PatientTraits.Name(whole, "")
                        : new PatientTraits.Name(letters(first.substring(0, blank)), letters(first.substring(blank))));
    }

    private static <T> List<T> bounded(Set<T> found) {
        return found.stream().limit(MOST).toList();
    }

    private static String bounded(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        boolean pair = Character.isHighSurrogate(text.charAt(LONGEST - 1));
        return text.substring(0, pair ? LONGEST - 1 : LONGEST);
    }

    /** Letters only; ü as v, as the readings write it. */
    private static String letters(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 'ü') {
                kept.append('v');
            } else if (Character.isLetter(c) || Character.isSurrogate(c)) {
                kept.append(c);
            }
        }
        String plain = kept.toString();
        return plain.startsWith("lyu") || plain.startsWith("nyu") ? plain.charAt(0) + "v" + plain.substring(3) : plain;
    }

    private List<String> phones(JsonNode telecom) {
        Set<String> found = new LinkedHashSet<>();
        for (JsonNode each : telecom) {
            String system = each.path("system").asText("phone");
            if (system.equals("phone") || system.equals("sms")) {
                String digits = bounded(each.path("value").asText("")).replaceAll("[^0-9]", "");
                String local = digits.length() > 11 ? digits.replaceFirst("^(00)?86", "") : digits;
                if (!policy.isPlaceholder("phone", local)) {
                    found.add(local);
                }
            }
        }
        return bounded(found);
    }

    private List<String> addresses(JsonNode addresses) {
        Set<String> found = new LinkedHashSet<>();
        for (JsonNode each : addresses) {
            StringBuilder text = new StringBuilder(each.path("text").asText(""));
            if (text.isEmpty()) {
                for (String part : List.of("state", "city", "district")) {
                    text.append(each.path(part).asText(""));
                }
                each.path("line").forEach(line -> text.append(line.asText("")));
            }
            String plain = bounded(han.fold(text.toString()).replaceAll("[^\\p{L}\\p{N}]", ""));
            if (!policy.isPlaceholder("address", plain)) {
                found.add(plain);
            }
        }
        return bounded(found);
    }

    private List<PatientTraits.Identifier> identifiers(JsonNode identifiers, String birthDate) {
        List<PatientTraits.Identifier> found = new ArrayList<>();
        for (JsonNode each : identifiers) {
            String system = each.path("system").asText("");
            String type = each.at("/type/coding/0/code").asText("");
            for (MatchPolicy.IdentifierKind kind : policy.identifiers()) {
                if (kind.covers(system, type)) {
                    checked(kind, each.path("value").asText(""), birthDate)
                            .map(value -> new PatientTraits.Identifier(kind.kind(), value))
                            .filter(identifier -> found.size() < MOST && !found.contains(identifier))
                            .ifPresent(found::add);
                }
            }
        }
        return found;
    }

    private Optional<String> checked(MatchPolicy.IdentifierKind kind, String text, String birthDate) {
        Optional<String> valid = comparable(kind, text);
        return kind.ownBirthDate() ? valid.filter(number -> isOwn(number, birthDate)) : valid;
    }

    /** An identifier as it is compared; empty when it is not valid. */
    static Optional<String> comparable(MatchPolicy.IdentifierKind kind, String text) {
        String value = bounded(text).replaceAll("[\\s\\p{Cntrl}]", "").toUpperCase(Locale.ROOT);
        boolean asIdentity =
                kind.check().equals("gb-11643") || kind.check().equals("gb-11643-if-18") && value.length() == 18;
        return asIdentity ? IdentityNumbers.valid(value) : value.isEmpty() ? Optional.empty() : Optional.of(value);
    }

    private static boolean isOwn(String number, String birthDate) {
        return !BirthDates.compare(IdentityNumbers.birthDate(number), birthDate).equals(Levels.DIFFERENT);
    }
}
