package org.tongmai.standards.identifier;

import java.util.Optional;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.identifier.internal.Faults;

/**
 * 移动电话号码, 电信网编号计划 (MIIT 2017) clause 5: eleven digits, 1 and then 3 to 9; before it {@code +86}, {@code 0086} or
 * nothing.
 */
public final class MobileNumber implements IdentifierRule {
    @Override
    public Optional<Issue> check(String value) {
        int start = value.startsWith("+86") ? 3 : value.startsWith("0086") ? 4 : 0;
        if (value.length() - start != 11) {
            return Faults.length(value, "11, after +86 or 0086 if any");
        }
        Optional<Issue> fault = Faults.digits(value, start, value.length());
        if (fault.isPresent()) {
            return fault;
        }
        boolean mobile = value.charAt(start) == '1' && value.charAt(start + 1) >= '3';
        return mobile
                ? Optional.empty()
                : Faults.of(IdentifierError.UNKNOWN_PART, "first two digits: expected 13 to 19");
    }
}
