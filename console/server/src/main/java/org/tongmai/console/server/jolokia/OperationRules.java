package org.tongmai.console.server.jolokia;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.tongmai.console.server.account.Role;
import org.tongmai.console.server.table.ShippedTable;

/** The table {@code operations.csv}: which roles may touch which member of which MBean. */
public final class OperationRules {
    private static final String TABLE = "operations.csv";
    private static final String HEADING = "kind;mbean;member;least_role;why";

    private final List<Rule> rules;

    private OperationRules(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    /** What is done to the member. */
    public enum Kind {
        READ,
        EXEC,
        WRITE
    }

    /** Reads the table that is shipped. */
    public static OperationRules shipped() {
        return new OperationRules(ShippedTable.rows(OperationRules.class, TABLE, HEADING).stream()
                .map(OperationRules::rule)
                .toList());
    }

    private static Rule rule(ShippedTable.Row row) {
        String members = Arrays.stream(row.cell(2).split("\\|"))
                .map(member -> Arrays.stream(member.split("\\*", -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining(".*")))
                .collect(Collectors.joining("|"));
        try {
            return new Rule(
                    Kind.valueOf(row.cell(0).toUpperCase(Locale.ROOT)),
                    new ObjectName(row.cell(1)),
                    Pattern.compile(members, Pattern.DOTALL),
                    row.cell(2).indexOf('(') >= 0,
                    rolesFrom(row.cell(3)));
        } catch (MalformedObjectNameException malformed) {
            throw new IllegalStateException(row.place() + ": no MBean pattern", malformed);
        }
    }

    private static Set<Role> rolesFrom(String leastRole) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        if (!leastRole.equals("NOBODY")) {
            Role least = Role.valueOf(leastRole);
            Arrays.stream(Role.values())
                    .filter(role -> role.implied().contains(least))
                    .forEach(roles::add);
        }
        return roles;
    }

    /**
     * The roles that may do this; empty for nobody.
     *
     * @param mbean one MBean; a pattern is nobody's, because it would be judged by its own name and act on others
     * @param member attribute or operation; a signature in parentheses counts only for rows that have one themselves
     */
    public Set<Role> allowed(Kind kind, ObjectName mbean, String member) {
        if (mbean == null || mbean.isPattern() || member == null) {
            return Set.of();
        }
        int signature = member.indexOf('(');
        String name = signature < 0 ? member : member.substring(0, signature);
        String signed = member.replace(" ", "");
        for (Rule rule : rules) {
            if (rule.kind() == kind
                    && rule.mbean().apply(mbean)
                    && rule.member().matcher(rule.signed() ? signed : name).matches()) {
                return rule.roles();
            }
        }
        return Set.of();
    }

    /** @param signed whether the row speaks of an operation with its signature */
    private record Rule(Kind kind, ObjectName mbean, Pattern member, boolean signed, Set<Role> roles) {}
}
