package org.tongmai.console.domain.patientindex.internal;

import java.util.List;
import org.tongmai.standards.patientindex.PatientTraits.Name;

/** Compares names, Chinese and Latin. */
final class NameComparison {
    static final String READING = "reading";
    static final String HOMOPHONE = "homophone";

    /** From the best to the worst. */
    private static final List<String> ORDER = List.of(Levels.SAME, READING, HOMOPHONE, Levels.SLIP, Levels.DIFFERENT);

    private static final int LONG_HAN_NAME = 5;
    private static final int LONG_LATIN_NAME = 6;

    private final HanText han;

    NameComparison(HanText han) {
        this.han = han;
    }

    /** The best that any two of the names compare. */
    String compare(List<Name> ours, List<Name> theirs) {
        if (ours.isEmpty() || theirs.isEmpty()) {
            return Levels.MISSING;
        }
        int best = ORDER.size() - 1;
        for (Name a : ours) {
            for (Name b : theirs) {
                best = Math.min(best, ORDER.indexOf(compare(a, b)));
            }
        }
        return ORDER.get(best);
    }

    private String compare(Name a, Name b) {
        String one = a.family() + a.given();
        String other = b.family() + b.given();
        if (one.equals(other)) {
            return Levels.SAME;
        }
        boolean chinese = HanText.isHan(one);
        if (chinese != HanText.isHan(other)) {
            return chinese ? reading(a, b) : reading(b, a);
        }
        if (chinese) {
            return soundAlike(a, b)
                    ? HOMOPHONE
                    : Math.min(one.length(), other.length()) >= LONG_HAN_NAME && Slips.isOne(one, other)
                            ? Levels.SLIP
                            : Levels.DIFFERENT;
        }
        if (one.equals(b.given() + b.family())) {
            return Levels.SAME;
        }
        boolean slip = Math.min(one.length(), other.length()) >= LONG_LATIN_NAME && Slips.isOne(one, other);
        return slip ? Levels.SLIP : Levels.DIFFERENT;
    }

    private String reading(Name chinese, Name latin) {
        boolean read = han.canBeRead(latin.family() + latin.given(), chinese.family(), chinese.given())
                || han.canBeRead(latin.given() + latin.family(), chinese.family(), chinese.given());
        return read ? READING : Levels.DIFFERENT;
    }

    private boolean soundAlike(Name a, Name b) {
        String one = a.family() + a.given();
        String other = b.family() + b.given();
        if (one.length() != other.length()) {
            return false;
        }
        for (int i = 0; i < one.length(); i++) {
            if (!han.soundAlike(one.charAt(i), other.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
