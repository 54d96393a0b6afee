package org.tongmai.adapters.fhir.internal.terminology;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.hl7.fhir.r4.model.UriType;
import org.hl7.fhir.r4.model.ValueSet.ValueSetExpansionContainsComponent;
import org.tongmai.adapters.fhir.FhirError;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.terminology.CodeSystem;
import org.tongmai.standards.terminology.ConceptMap;
import org.tongmai.standards.terminology.Terminology;
import org.tongmai.standards.terminology.TerminologyError;
import org.tongmai.standards.terminology.ValueSet;

/** The operations of FHIR R4 terminology services, answered from the tables. */
final class Operations {
    private static final int PAGE = 1000;
    private static final int LARGEST_PAGE = 10_000;

    private final Terminology tables;
    private final Question question;

    Operations(Terminology tables, Question question) {
        this.tables = tables;
        this.question = question;
    }

    IBaseResource answer() {
        return switch (question.type() + question.operation()) {
            case "CodeSystem$lookup" -> lookup();
            case "CodeSystem$validate-code" -> validateInSystem();
            case "ValueSet$validate-code" -> validateInSet();
            case "ValueSet$expand" -> expand();
            case "ConceptMap$translate" -> translate();
            default -> throw Question.refuse(FhirError.UNKNOWN_INTERACTION, "metadata lists the interactions");
        };
    }

    private CodeSystem system(String parameter) {
        String name = question.id().isEmpty() ? question.required(parameter) : question.id();
        return Terminology.supplied(require(tables.findCodeSystem(name)));
    }

    private ValueSet set() {
        String name = question.id().isEmpty() ? question.required("url") : question.id();
        ValueSet set = tables.findValueSet(name);
        CodeSystem all = set == null ? tables.findCodeSystem(name) : null;
        ValueSet asked = all == null ? require(set) : ValueSet.all(all);
        asked.systems().forEach(Terminology::supplied);
        return asked;
    }

    private static <T> T require(T table) {
        if (table == null) {
            throw new CodedException(Issue.of(TerminologyError.TABLE_MISSING, "", "no table has this name or URI"));
        }
        return table;
    }

    private Parameters lookup() {
        question.allow(Set.of("system", "code", "display", "date", "property"));
        CodeSystem system = system("system");
        LocalDate day = question.day();
        CodeSystem.Entry entry = tables.lookup(system.name(), question.required("code"), day);
        Parameters answer = new Parameters();
        add(answer, "name", new StringType(system.origin().title()));
        add(answer, "display", new StringType(entry.display()));
        if (!entry.displayEnglish().isEmpty()) {
            ParametersParameterComponent designation = answer.addParameter().setName("designation");
            part(designation, "language", new CodeType("en"));
            part(designation, "value", new StringType(entry.displayEnglish()));
        }
        property(answer, "status", new CodeType(entry.status()));
        if (entry.validFrom() != null) {
            property(answer, "valid_from", new StringType(entry.validFrom().toString()));
        }
        if (entry.validTo() != null) {
            property(answer, "valid_to", new StringType(entry.validTo().toString()));
        }
        for (CodeSystem.Property column : system.properties()) {
            if (!entry.property(column.name()).isEmpty()) {
                property(answer, column.name(), TableResources.value(column, entry));
            }
        }
        for (String child : system.children(entry.code())) {
            if (system.entry(child, day) != null) {
                property(answer, "child", new CodeType(child));
            }
        }
        return answer;
    }

    private Parameters validateInSystem() {
        question.allow(Set.of("url", "system", "code", "display", "date"));
        CodeSystem system = system(question.value("url").isEmpty() ? "system" : "url");
        CodeSystem.Entry entry = system.entry(question.required("code"), question.day());
        if (entry == null
                && system.content() == CodeSystem.Content.FRAGMENT
                && system.entries(question.value("code")).isEmpty()) {
            return verdict(new BooleanType(true), "", "not among the codes that are here; the code system has more");
        }
        return verdict(entry, "not in " + system.name() + " on that day");
    }

    private Parameters validateInSet() {
        question.allow(Set.of("url", "system", "code", "display", "date"));
        ValueSet set = set();
        LocalDate day = question.day();
        String code = question.required("code");
        String uri = question.value("system");
        CodeSystem.Entry found = null;
        for (CodeSystem system : set.systems()) {
            if (found == null && (uri.isEmpty() || uri.equals(system.uri())) && set.contains(system, code, day)) {
                found = system.entry(code, day);
            }
        }
        return verdict(found, "not in " + set.name() + " on that day");
    }

    private Parameters verdict(CodeSystem.Entry entry, String otherwise) {
        if (entry == null) {
            return verdict(new BooleanType(false), "", otherwise);
        }
        String display = question.value("display");
        boolean right = display.isEmpty()
                || display.equals(entry.display())
                || display.equalsIgnoreCase(entry.displayEnglish());
        return verdict(new BooleanType(right), entry.display(), right ? "" : "the display is another one");
    }

    private static Parameters verdict(BooleanType result, String display, String message) {
        Parameters answer = new Parameters();
        add(answer, "result", result);
        if (!message.isEmpty()) {
            add(answer, "message", new StringType(message));
        }
        if (!display.isEmpty()) {
            add(answer, "display", new StringType(display));
        }
        return answer;
    }

    private IBaseResource expand() {
        question.allow(Set.of("url", "filter", "offset", "count", "date", "includeDesignations", "activeOnly"));
        ValueSet set = set();
        String filter = question.value("filter");
        boolean activeOnly = question.value("activeOnly").equals("true");
        List<ValueSet.Member> members = new ArrayList<>(set.expand(question.day()));
        members.removeIf(member -> !filter.isEmpty() && !member.matches(filter)
                || activeOnly && !member.entry().active());
        int offset = question.number("offset", 0, 999_999);
        int count = question.number("count", PAGE, LARGEST_PAGE);
        org.hl7.fhir.r4.model.ValueSet resource = TableResources.head(set);
        var expansion = resource.getExpansion();
        expansion.setTimestamp(new Date()).setTotal(members.size()).setOffset(offset);
        members.stream().skip(offset).limit(count).forEach(member -> {
            ValueSetExpansionContainsComponent contains = expansion.addContains();
            contains.setSystem(member.system().uri());
            contains.setCode(member.entry().code()).setDisplay(member.entry().display());
            if (!member.entry().active()) {
                contains.setInactive(true);
            }
            if (!member.entry().displayEnglish().isEmpty()) {
                contains.addDesignation()
                        .setLanguage("en")
                        .setValue(member.entry().displayEnglish());
            }
        });
        return resource;
    }

    private Parameters translate() {
        question.allow(Set.of("url", "system", "code", "display", "target", "targetsystem", "reverse"));
        String code = question.required("code");
        boolean reverse = question.value("reverse").equals("true");
        List<ParametersParameterComponent> matches = new ArrayList<>();
        for (ConceptMap map : maps()) {
            if (reverse) {
                backwards(map, code, matches);
            } else {
                forwards(map, code, matches);
            }
        }
        Parameters answer = new Parameters();
        add(answer, "result", new BooleanType(!matches.isEmpty()));
        if (matches.isEmpty()) {
            add(answer, "message", new StringType("no row has this code"));
        }
        matches.forEach(answer::addParameter);
        return answer;
    }

    private List<ConceptMap> maps() {
        String url = question.value("url");
        String name = !question.id().isEmpty()
                ? question.id()
                : url.startsWith(TableResources.MAP_URL) ? url.substring(TableResources.MAP_URL.length()) : url;
        if (!name.isEmpty()) {
            return List.of(tables.conceptMap(name));
        }
        if (question.value("system").isEmpty()) {
            throw Question.refuse(FhirError.INVALID_VALUE, "expected: url or system");
        }
        return List.copyOf(tables.conceptMaps().values());
    }

    private void forwards(ConceptMap map, String code, List<ParametersParameterComponent> matches) {
        String system = question.value("system");
        ConceptMap.Target target = map.target(code);
        boolean ofSystem = system.isEmpty() || system.equals(map.policy().sourceSystem());
        if (ofSystem && target != null && !target.code().isEmpty() && isWanted(target.system())) {
            matches.add(match(map, new Coding(uri(target.system()), target.code(), text(target.display()))));
        }
    }

    private void backwards(ConceptMap map, String code, List<ParametersParameterComponent> matches) {
        String system = question.value("system");
        for (String source : map.sources(code)) {
            boolean ofSystem =
                    system.isEmpty() || system.equals(map.target(source).system());
            if (ofSystem && isWanted(map.policy().sourceSystem())) {
                matches.add(match(map, new Coding(map.policy().sourceSystem(), source, null)));
            }
        }
    }

    private boolean isWanted(String system) {
        String wanted = question.value("targetsystem");
        return wanted.isEmpty() || wanted.equals(system);
    }

    private static ParametersParameterComponent match(ConceptMap map, Coding concept) {
        ParametersParameterComponent match = new ParametersParameterComponent();
        match.setName("match");
        part(match, "equivalence", new CodeType("relatedto"));
        part(match, "concept", concept);
        part(match, "source", new UriType(TableResources.MAP_URL + map.name()));
        return match;
    }

    private static String uri(String system) {
        return system.isEmpty() ? null : system;
    }

    private static String text(String display) {
        return display.isEmpty() ? null : display;
    }

    private static void add(Parameters answer, String name, Type value) {
        answer.addParameter().setName(name).setValue(value);
    }

    private static void property(Parameters answer, String code, Type value) {
        ParametersParameterComponent property = answer.addParameter().setName("property");
        part(property, "code", new CodeType(code));
        part(property, "value", value);
    }

    private static void part(ParametersParameterComponent parameter, String name, Type value) {
        parameter.addPart().setName(name).setValue(value);
    }
}
