package org.tongmai.standards.identifier.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.identifier.IdentifierError;
import org.tongmai.standards.identifier.IdentifierRule;
import org.tongmai.standards.identifier.IdentifierSystem;
import org.tongmai.standards.identifier.IdentityNumber;
import org.tongmai.standards.identifier.InstitutionRegistrationNumber;
import org.tongmai.standards.identifier.LicenceIdentifier;
import org.tongmai.standards.identifier.MobileNumber;
import org.tongmai.standards.identifier.NurseCertificate;
import org.tongmai.standards.identifier.OrganisationCode;
import org.tongmai.standards.identifier.OrganisationIdentifier;
import org.tongmai.standards.identifier.PhysicianPracticeCertificate;
import org.tongmai.standards.identifier.PhysicianQualificationCertificate;
import org.tongmai.standards.identifier.SocialCreditCode;
import org.tongmai.standards.table.CsvTable;

/** Reads {@code system,name,display,display_en,rule,source}. */
public final class IdentifierTable {
    private static final String FILE = "profiles/identifier-systems.csv";
    private static final List<String> HEADER = List.of("system", "name", "display", "display_en", "rule", "source");
    private static final Map<String, IdentifierRule> RULES = Map.ofEntries(
            Map.entry("", value -> Optional.empty()),
            Map.entry("identity-number", new IdentityNumber()),
            Map.entry("institution-registration", new InstitutionRegistrationNumber()),
            Map.entry("licence", new LicenceIdentifier()),
            Map.entry("mobile", new MobileNumber()),
            Map.entry("nurse-certificate", new NurseCertificate()),
            Map.entry("organisation", new OrganisationIdentifier()),
            Map.entry("organisation-code", new OrganisationCode()),
            Map.entry("physician-practice", new PhysicianPracticeCertificate()),
            Map.entry("physician-qualification", new PhysicianQualificationCertificate()),
            Map.entry("social-credit-code", new SocialCreditCode()));

    private final List<Issue> violations = new ArrayList<>();
    private final Map<String, IdentifierSystem> systems = new LinkedHashMap<>();
    private final Set<String> names = new HashSet<>();
    private final CsvTable table;

    private IdentifierTable(CsvTable table) {
        this.table = table;
    }

    public static Map<String, IdentifierSystem> packaged() {
        try (InputStream in = IdentifierTable.class.getResourceAsStream("/org/tongmai/standards/" + FILE)) {
            return read(FILE, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("a packaged table could not be read", e);
        }
    }

    public static Map<String, IdentifierSystem> read(String file, String text) {
        IdentifierTable reader = new IdentifierTable(CsvTable.read(file, text));
        reader.read();
        if (!reader.violations.isEmpty()) {
            throw new CodedException(reader.violations, null);
        }
        return Map.copyOf(reader.systems);
    }

    private void read() {
        if (!table.header().equals(HEADER)) {
            refuse(1, "expected the header " + String.join(",", HEADER));
            return;
        }
        table.rows().forEach(this::read);
    }

    private void read(CsvTable.Row row) {
        if (row.cells().size() != HEADER.size()) {
            refuse(row.line(), "found " + row.cells().size() + " cells, expected " + HEADER.size());
            return;
        }
        if (!row.cell(0).matches("(urn|https?):\\S+") || !row.cell(1).matches("[a-z][a-z0-9-]*")) {
            refuse(row.line(), "expected a system that is a URI and a lower-case name with hyphens");
        }
        if (row.cell(5).isBlank()) {
            refuse(row.line(), "the cell 'source' is empty");
        }
        IdentifierRule rule = RULES.get(row.cell(4));
        if (rule == null) {
            refuse(
                    row.line(),
                    "no rule is called so; expected one of "
                            + String.join(" ", RULES.keySet().stream().sorted().toList()));
        }
        IdentifierSystem system = new IdentifierSystem(row.cell(0), row.cell(1), row.cell(2), row.cell(3), rule);
        if (systems.put(system.uri(), system) != null || !names.add(system.name())) {
            refuse(row.line(), "the system or its name stands twice");
        }
    }

    private void refuse(int line, String detail) {
        violations.add(Issue.of(IdentifierError.BAD_TABLE, table.file() + ":" + line, detail));
    }
}
