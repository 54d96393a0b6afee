package org.tongmai.routes.engine.bundle.deploy;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.tongmai.routes.engine.bundle.DeployError;
import org.tongmai.routes.engine.bundle.Tenants.Limits;
import org.tongmai.routes.engine.database.Sql;
import org.tongmai.standards.crypto.Sm4Key;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** The tenants; secrets are sealed with SM4-GCM, bound to their tenant's name. */
final class TenantTables {
    private static final String SELECT =
            "select name, title, settings, secrets, messages_per_second, deliveries_at_once, overlay, revision"
                    + " from bundle_tenant";
    private static final String PUT =
            """
            insert into bundle_tenant (name, title, settings, secrets, messages_per_second, deliveries_at_once, overlay,
              revision) values (?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (name) do update set title = excluded.title, settings = excluded.settings,
              secrets = excluded.secrets, messages_per_second = excluded.messages_per_second,
              deliveries_at_once = excluded.deliveries_at_once, overlay = excluded.overlay,
              revision = excluded.revision where bundle_tenant.revision = excluded.revision - 1""";

    private static final String HOLD = "select from bundle_tenant where name = ? and revision = ? for share";

    private final Sql sql;
    private final Sm4Key key;

    TenantTables(DataSource dataSource, Sm4Key key) {
        this.sql = new Sql(dataSource, DeployError.DATABASE_AWAY);
        this.key = key;
    }

    List<TenantRow> all() {
        return sql.list(this::tenant, SELECT + " order by name");
    }

    Optional<TenantRow> find(String name) {
        return sql.list(this::tenant, SELECT + " where name = ?", name).stream().findFirst();
    }

    private TenantRow tenant(ResultSet row) throws SQLException {
        String name = row.getString(1);
        String secrets = new String(key.open(row.getBytes(4), context(name)), StandardCharsets.UTF_8);
        return new TenantRow(
                name,
                row.getString(2),
                Json.texts(row.getString(3)),
                Json.texts(secrets),
                new Limits(row.getInt(5), row.getInt(6)),
                Json.texts(row.getString(7)),
                row.getLong(8));
    }

    /** Answers whether it was written: false when somebody else changed it in between. */
    boolean put(Connection connection, TenantRow tenant) throws SQLException {
        byte[] sealed = key.seal(Json.write(tenant.secrets()).getBytes(StandardCharsets.UTF_8), context(tenant.name()));
        return Sql.update(
                        connection,
                        PUT,
                        tenant.name(),
                        tenant.title(),
                        Json.write(tenant.plainSettings()),
                        sealed,
                        tenant.limits().messagesPerSecond(),
                        tenant.limits().deliveriesAtOnce(),
                        Json.write(tenant.overlayTexts()),
                        tenant.revision())
                == 1;
    }

    /**
     * Keeps tenants as they are until the transaction ends.
     *
     * @throws CodedException {@link DeployError#GENERATION_CHANGED} where one is no longer as it is given here
     */
    void hold(Connection connection, List<TenantRow> tenants) throws SQLException {
        for (TenantRow tenant : tenants) {
            if (!tenant.name().isEmpty() && !held(connection, tenant)) {
                throw new CodedException(
                        Issue.of(DeployError.GENERATION_CHANGED, tenant.name(), "the tenant was changed meanwhile"));
            }
        }
    }

    private static boolean held(Connection connection, TenantRow tenant) throws SQLException {
        return !Sql.list(connection, row -> true, HOLD, tenant.name(), tenant.revision())
                .isEmpty();
    }

    private static byte[] context(String name) {
        return ("tenant " + name).getBytes(StandardCharsets.UTF_8);
    }
}
