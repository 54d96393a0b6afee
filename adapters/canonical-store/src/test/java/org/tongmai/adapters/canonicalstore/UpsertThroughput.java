package org.tongmai.adapters.canonicalstore;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.tongmai.standards.canonical.CanonicalBundle;
import org.tongmai.standards.canonical.CanonicalIds;
import org.tongmai.standards.canonical.CanonicalResource;

/**
 * Measures upserts, fsync on: messages of a patient (half of them known), an encounter, a practitioner, a location and an
 * organization that do not change. Run its main with: batch size, messages. Prints messages/s; not a test.
 */
final class UpsertThroughput {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final Random random = new Random(1);
    private int patients;

    private UpsertThroughput() {}

    public static void main(String[] arguments) throws Exception {
        int batch = Integer.parseInt(arguments[0]);
        int messages = Integer.parseInt(arguments[1]);
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                        .setServerConfig("shared_buffers", "512MB")
                        .setServerConfig("fsync", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .setServerConfig("max_wal_size", "4GB")
                        .start();
                Connection connection = postgres.getPostgresDatabase().getConnection()) {
            CanonicalStoreSchema.migrate(postgres.getPostgresDatabase());
            PostgresCanonicalStore store = new PostgresCanonicalStore(postgres.getPostgresDatabase());
            new UpsertThroughput().run(connection, store, batch, messages);
            for (String table : List.of("resource", "resource_version", "search_text", "search_date")) {
                print(
                        connection,
                        "select '" + table + "', count(*), pg_size_pretty(pg_table_size('canonical." + table
                                + "')), pg_size_pretty(pg_indexes_size('canonical." + table + "')) from canonical."
                                + table);
            }
            if (arguments.length > 2) {
                explain(connection);
            }
        }
    }

    /** Prints for each 10 000 messages the rate and the processor time of this thread and of PostgreSQL's process. */
    private void run(Connection connection, PostgresCanonicalStore store, int batch, int messages) throws Exception {
        long server = backend(connection);
        connection.setAutoCommit(false);
        Usage total = new Usage();
        for (int done = 0; done < messages; done += batch) {
            List<CanonicalBundle> bundles = new ArrayList<>(batch);
            for (int i = 0; i < batch; i++) {
                bundles.add(message());
            }
            total.start(server);
            store.upsert(connection, bundles.stream().map(store::prepare).toList());
            connection.commit();
            total.stop(server);
            if (done / 10_000 != (done + batch) / 10_000) {
                System.out.println(done + batch + ": " + total.perMessage(10_000));
                total = new Usage();
            }
        }
        connection.setAutoCommit(true);
    }

    private static long backend(Connection connection) throws Exception {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Adds up time; processor times are in microseconds. */
    private static final class Usage {
        private static final int TICK = 10_000;

        private long wall;
        private long own;
        private long server;

        private void start(long pid) throws IOException {
            wall -= System.nanoTime();
            own -= ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1000;
            server -= ticks(pid) * TICK;
        }

        private void stop(long pid) throws IOException {
            server += ticks(pid) * TICK;
            own += ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1000;
            wall += System.nanoTime();
        }

        private String perMessage(int messages) {
            return String.format(
                    "%.0f/s; a message: %d us here, %d us in PostgreSQL",
                    messages / (wall / 1e9), own / messages, server / messages);
        }

        private static long ticks(long pid) throws IOException {
            String[] stat = Files.readString(Path.of("/proc/" + pid + "/stat")).split(" ");
            return Long.parseLong(stat[13]) + Long.parseLong(stat[14]);
        }
    }

    private CanonicalBundle message() throws Exception {
        boolean known = patients > 100 && random.nextBoolean();
        int number = known ? random.nextInt(patients) : patients++;
        String pid = CanonicalIds.idFor("Patient", "urn:oid:1.2.3", "P" + number);
        String vid = CanonicalIds.idFor("Encounter", "urn:oid:1.2.4", "V" + random.nextInt(Integer.MAX_VALUE));
        int doctor = random.nextInt(200);
        String did = CanonicalIds.idFor("Practitioner", "urn:oid:1.2.5", "D" + doctor);
        String lid = CanonicalIds.idFor("Location", "urn:oid:1.2.6", "L" + doctor % 50);
        String oid = CanonicalIds.idFor("Organization", "urn:oid:1.2.7", "O");
        List<CanonicalResource> resources = List.of(
                of("Organization", oid, "{'name':'通脉市第一人民医院','identifier':[{'system':'urn:oid:1.2.7','value':'O'}]}"),
                of(
                        "Location",
                        lid,
                        "{'status':'active','name':'心内科','identifier':[{'system':'urn:oid:1.2.6','value':'L"
                                + doctor % 50 + "'}],'managingOrganization':{'reference':'Organization/" + oid + "'}}"),
                of(
                        "Practitioner",
                        did,
                        "{'identifier':[{'system':'urn:oid:1.2.5','value':'D" + doctor
                                + "'}],'name':[{'use':'official','text':'欧阳锋','family':'欧阳','given':['锋']}]}"),
                of("Patient", pid, patient(number, known)),
                of("Encounter", vid, encounter(vid, pid, did, lid)));
        return new CanonicalBundle("patient-administration", "ADT^A01", "Patient/" + pid, resources, List.of());
    }

    private String patient(int number, boolean known) {
        return "{'active':true,'identifier':[{'use':'official','type':{'coding':[{'system':'http://terminology.hl7.org/"
                + "CodeSystem/v2-0203','code':'MR'}]},'system':'urn:oid:1.2.3','value':'P" + number
                + "'},{'system':'urn:oid:2.16.156.10011.1.3','value':'31010119800101" + (1000 + number % 9000) + number
                + "'}],'name':[{'use':'official','text':'张三" + number % 5000 + "','family':'张','given':['三"
                + number % 5000 + "']}],'telecom':[{'system':'phone','value':'1390000"
                + (known ? random.nextInt(9999) : 1)
                + "','use':'home'}],'gender':'male','birthDate':'19" + (10 + number % 90) + "-0" + (1 + number % 9)
                + "-11','address':[{'use':'home','text':'上海市黄浦区人民大道" + number + "号','city':'上海市','district':'黄浦区'}],"
                + "'maritalStatus':{'coding':[{'system':'http://terminology.hl7.org/CodeSystem/v3-MaritalStatus','code':'M'}]}}";
    }

    private static String encounter(String vid, String pid, String did, String lid) {
        return "{'identifier':[{'system':'urn:oid:1.2.4','value':'" + vid
                + "'}],'status':'in-progress','class':{'system':'http://terminology.hl7.org/CodeSystem/v3-ActCode',"
                + "'code':'IMP','display':'inpatient'},'subject':{'reference':'Patient/" + pid
                + "'},'participant':[{'type':[{'coding':[{'system':'http://terminology.hl7.org/CodeSystem/v3-"
                + "ParticipationType','code':'ATND'}]}],'individual':{'reference':'Practitioner/" + did
                + "'}}],'period':{'start':'2026-11-20T08:00:00+08:00'},'location':[{'location':{'reference':'Location/"
                + lid + "'},'status':'active'}]}";
    }

    private static CanonicalResource of(String type, String id, String json) throws Exception {
        ObjectNode content = JSON.createObjectNode().put("resourceType", type).put("id", id);
        content.setAll((ObjectNode) JSON.readTree(json.replace('\'', '"')));
        return new CanonicalResource(type, id, content);
    }

    private static void explain(Connection connection) throws Exception {
        print(connection, "analyze canonical.resource, canonical.search_text, canonical.search_date");
        String page = "explain (analyze, costs off, timing off) select r.* from canonical.resource r "
                + "where r.type = '%s' and not r.deleted%s order by r.rid desc limit 21";
        String in = " and r.rid in (select rid from canonical.search_text where parameter = (select id from "
                + "canonical.parameter where type = '%s' and name = '%s') and %s)";
        print(connection, page.formatted("Encounter", ""));
        print(connection, page.formatted("Patient", in.formatted("Patient", "identifier", "value = 'P77'")));
        print(
                connection,
                page.formatted("Patient", in.formatted("Patient", "name", "value >= '张三7' and value < '张三8'")));
        print(connection, page.formatted("Encounter", in.formatted("Encounter", "status", "value = 'in-progress'")));
    }

    private static void print(Connection connection, String sql) throws Exception {
        try (Statement statement = connection.createStatement()) {
            if (statement.execute(sql)) {
                ResultSet rows = statement.getResultSet();
                int columns = rows.getMetaData().getColumnCount();
                while (rows.next()) {
                    StringBuilder line = new StringBuilder();
                    for (int i = 1; i <= columns; i++) {
                        line.append(rows.getString(i)).append("  ");
                    }
                    System.out.println(line);
                }
            }
        }
    }
}
