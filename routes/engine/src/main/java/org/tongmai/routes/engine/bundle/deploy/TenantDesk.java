package org.tongmai.routes.engine.bundle.deploy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.tongmai.routes.engine.bundle.DeployError;
import org.tongmai.routes.engine.bundle.Tenants;
import org.tongmai.routes.engine.bundle.check.LiteralSecrets;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** What people see of tenants, and what they change. */
final class TenantDesk implements Tenants {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final String MAP = ".map.yaml";
    /** By their names: what a password looks like is not known. */
    private static final Pattern SECRET =
            Pattern.compile("(?i)pass$|password|passwd|pwd|passphrase|secret|token|credential"
                    + "|(api|access|private)[_.-]?key|口令|密码|密钥");

    private final TenantTables tables;
    private final BiConsumer<TenantRow, String> put;

    /** @param put carries a change out, for an account */
    TenantDesk(TenantTables tables, BiConsumer<TenantRow, String> put) {
        this.tables = tables;
        this.put = put;
    }

    @Override
    public List<Tenants.Tenant> all() {
        return tables.all().stream().map(TenantDesk::view).toList();
    }

    @Override
    public Optional<Tenants.Tenant> find(String name) {
        return tables.find(name).map(TenantDesk::view);
    }

    @Override
    public Tenants.Tenant put(String name, Tenants.Change change, String by) {
        check(name, change);
        TenantRow before =
                tables.find(name).orElse(new TenantRow(name, name, Map.of(), Map.of(), Limits.NONE, Map.of(), 0));
        Map<String, String> secrets = new HashMap<>(before.secrets());
        said(change.secrets(), Map.<String, String>of()).forEach((key, value) -> {
            if (value.isEmpty()) {
                secrets.remove(key);
            } else {
                secrets.put(key, value);
            }
        });
        TenantRow after = new TenantRow(
                name,
                said(change.title(), before.title()),
                said(change.settings(), before.plainSettings()),
                secrets,
                said(change.limits(), before.limits()),
                said(change.overlay(), before.overlayTexts()),
                before.revision() + 1);
        put.accept(after, by);
        return view(after);
    }

    private static void check(String name, Tenants.Change change) {
        if (!NAME.matcher(name).matches()) {
            throw invalid("name, expected kebab-case");
        }
        Limits limits = said(change.limits(), Limits.NONE);
        if (limits.messagesPerSecond() < 0 || limits.deliveriesAtOnce() < 0) {
            throw invalid("limits, expected 0 or more");
        }
        if (nothing(change.settings()) || nothing(change.secrets()) || nothing(change.overlay())) {
            throw invalid("settings, secrets and overlay, expected texts");
        }
        said(change.settings(), Map.<String, String>of()).forEach((key, value) -> {
            if (!value.isEmpty() && SECRET.matcher(key).find() || LiteralSecrets.isOne(value)) {
                throw invalid(key + " looks like a password or a key, expected among the secrets");
            }
        });
        for (String file : said(change.overlay(), Map.<String, String>of()).keySet()) {
            if (!file.endsWith(MAP) || file.contains("/")) {
                throw invalid("overlay, expected names that end with " + MAP);
            }
        }
    }

    private static boolean nothing(Map<String, String> said) {
        return said != null && said.values().stream().anyMatch(Objects::isNull);
    }

    private static CodedException invalid(String detail) {
        return new CodedException(Issue.of(DeployError.TENANT_INVALID, "", detail));
    }

    private static <T> T said(T value, T otherwise) {
        return value == null ? otherwise : value;
    }

    private static Tenants.Tenant view(TenantRow tenant) {
        return new Tenants.Tenant(
                tenant.name(),
                tenant.title(),
                tenant.plainSettings(),
                tenant.secrets().keySet(),
                tenant.limits(),
                tenant.overlayTexts().keySet());
    }
}
