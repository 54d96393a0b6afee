package org.tongmai.console.domain.patientindex.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.tongmai.standards.patientindex.Evidence;
import org.tongmai.standards.patientindex.MatchGrade;
import org.tongmai.standards.patientindex.MatchVerdict;
import org.tongmai.standards.patientindex.PatientTraits;

/** Compares two records by the tables: the first rule that holds, the weights (Fellegi and Sunter 1969), the limits. */
public final class RecordMatcher {
    private static final MatchVerdict NOBODY = new MatchVerdict(MatchGrade.NONE, "score", 0, List.of());
    private static final String SCORE = "score";

    private final MatchPolicy policy;
    private final NameComparison names;

    public RecordMatcher(MatchPolicy policy, HanText han) {
        this.policy = policy;
        this.names = new NameComparison(han);
    }

    public MatchVerdict compare(PatientTraits a, PatientTraits b) {
        Levels levels = levels(a, b);
        Optional<MatchPolicy.Decision> rule = policy.rule(levels);
        double score = score(levels);
        MatchGrade scored = grade(score);
        List<MatchPolicy.Decision> limits = scored == MatchGrade.NONE ? List.of() : policy.limits(levels);
        for (MatchPolicy.Decision limit : limits) {
            scored = scored.atMost(limit.grade());
        }
        MatchGrade ruled = rule.map(MatchPolicy.Decision::grade).orElse(MatchGrade.NONE);
        boolean never = rule.isPresent() && ruled == MatchGrade.NONE;
        if (!never && ruled == MatchGrade.NONE && scored == MatchGrade.NONE) {
            return NOBODY;
        }
        boolean byRule = never || rule.isPresent() && ruled.compareTo(scored) <= 0;
        return new MatchVerdict(
                byRule ? ruled : scored,
                byRule ? rule.get().name() : SCORE,
                score,
                evidence(levels, byRule ? rule.stream() : Stream.empty(), byRule ? List.of() : limits));
    }

    private Levels levels(PatientTraits a, PatientTraits b) {
        Levels levels = new Levels();
        for (MatchPolicy.IdentifierKind kind : policy.identifiers()) {
            if (levels.of(kind.kind()).equals(Levels.MISSING)) {
                levels.put(kind.kind(), identifier(kind, a, b));
            }
        }
        levels.put("name", names.compare(a.names(), b.names()));
        levels.put("birthDate", BirthDates.compare(a.birthDate(), b.birthDate()));
        levels.put(
                "gender",
                a.gender().isEmpty() || b.gender().isEmpty()
                        ? Levels.MISSING
                        : a.gender().equals(b.gender()) ? Levels.SAME : Levels.DIFFERENT);
        levels.put("phone", phone(a.phones(), b.phones()));
        levels.put("address", AddressComparison.compare(a.addresses(), b.addresses()));
        return levels;
    }

    private static String identifier(MatchPolicy.IdentifierKind kind, PatientTraits a, PatientTraits b) {
        boolean both = false;
        for (PatientTraits.Identifier ours : a.identifiers()) {
            for (PatientTraits.Identifier theirs : b.identifiers()) {
                if (ours.kind().equals(kind.kind()) && theirs.kind().equals(kind.kind())) {
                    if (ours.value().equals(theirs.value())) {
                        return Levels.SAME;
                    }
                    both = true;
                }
            }
        }
        return !both ? Levels.MISSING : kind.conflicts() ? Levels.CONFLICT : Levels.DIFFERENT;
    }

    private static String phone(List<String> ours, List<String> theirs) {
        if (ours.isEmpty() || theirs.isEmpty()) {
            return Levels.MISSING;
        }
        String best = Levels.DIFFERENT;
        for (String a : ours) {
            for (String b : theirs) {
                if (a.equals(b)) {
                    return Levels.SAME;
                }
                if (a.length() == b.length() && Slips.isOne(a, b)) {
                    best = Levels.SLIP;
                }
            }
        }
        return best;
    }

    private double score(Levels levels) {
        double score = policy.threshold("prior");
        for (int i = 0; i < levels.size(); i++) {
            score += policy.weight(levels.field(i), levels.level(i)).value();
        }
        return score;
    }

    private MatchGrade grade(double score) {
        if (score >= policy.threshold("certain")) {
            return MatchGrade.CERTAIN;
        }
        if (score >= policy.threshold("probable")) {
            return MatchGrade.PROBABLE;
        }
        return score >= policy.threshold("possible") ? MatchGrade.POSSIBLE : MatchGrade.NONE;
    }

    private List<Evidence> evidence(
            Levels levels, Stream<MatchPolicy.Decision> rule, List<MatchPolicy.Decision> limits) {
        List<Evidence> evidence = new ArrayList<>();
        rule.forEach(each -> evidence.add(new Evidence("rule", each.name(), 0, each.because())));
        for (int i = 0; i < levels.size(); i++) {
            if (!levels.level(i).equals(Levels.MISSING)) {
                MatchPolicy.Weight weight = policy.weight(levels.field(i), levels.level(i));
                evidence.add(new Evidence(levels.field(i), levels.level(i), weight.value(), weight.because()));
            }
        }
        limits.forEach(each -> evidence.add(new Evidence("limit", each.name(), 0, each.because())));
        return evidence;
    }
}
