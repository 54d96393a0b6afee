package org.tongmai.console.app.broker;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.invm.TransportConstants;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.ActiveMQServer.SERVER_STATE;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.utils.critical.CriticalAnalyzerPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tongmai.console.app.AppError;
import org.tongmai.console.app.settings.BrokerSettings;
import org.tongmai.routes.engine.node.LastingWork;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * Runs Artemis inside, with a persistent journal. Asks for the platform's own user and a random password. Starts it
 * again when it stops by itself. PostgreSQL is the truth: while the broker is away deliveries wait.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
    private static final String USER = "tongmai";
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration STOPPING_AT_MOST = Duration.ofMinutes(1);
    /** Milliseconds to wait for one that still holds the journal; without them a start would wait for ever. */
    private static final long JOURNAL_LOCK = 10_000;

    private static final int JOURNAL_FILE_BYTES = 4 * 1024 * 1024;
    private static final int REMEMBERED_MESSAGE_NUMBERS = 20_000;

    private final Path folder;
    private final BrokerSettings settings;
    private final String password;
    private final int number;
    private final CountDownLatch closing = new CountDownLatch(1);
    private EmbeddedActiveMQ broker;
    /** Of {@link System#nanoTime}, when the broker was last seen to be neither running nor stopped; 0 for not yet. */
    private long stoppingSince;

    /**
     * @param folder where the journal lives
     * @param settings limits and acceptor
     * @param password of the one user
     * @param number of the in-JVM acceptor, unique in this JVM
     */
    public EmbeddedBroker(Path folder, BrokerSettings settings, String password, int number) {
        this.folder = folder;
        this.settings = settings;
        this.password = password;
        this.number = number;
    }

    public void start() {
        try {
            launch();
        } catch (Exception e) {
            // Artemis declares Exception; whatever it is, the platform does not start without its broker.
            throw new CodedException(Issue.of(AppError.BROKER_NOT_STARTED, "", e.toString()), e);
        }
        LastingWork.thread("tongmai-broker-supervisor", this::supervise, () -> {})
                .start();
    }

    /** URL for clients in this JVM. */
    public String url() {
        return "vm://" + number;
    }

    public String user() {
        return USER;
    }

    /** Not under the lock: the journal may be waited for, and who closes meanwhile need not wait too. */
    private void launch() throws Exception {
        EmbeddedActiveMQ next = new EmbeddedActiveMQ();
        next.setConfiguration(configuration());
        next.setSecurityManager(new OneUserSecurity(USER, password));
        next.setMbeanServer(ManagementFactory.getPlatformMBeanServer());
        try {
            next.start();
            requireStarted(next);
        } catch (Exception e) { // whatever it is: what is half started has threads, and would be in the way of the next
            stop(next, e);
            throw e;
        }
        if (!taken(next)) {
            next.stop();
        }
    }

    /** Artemis only logs why it did not start, and one that is half started says of itself that it is still starting. */
    private static void requireStarted(EmbeddedActiveMQ next) {
        SERVER_STATE state = next.getActiveMQServer().getState();
        if (state != SERVER_STATE.STARTED) {
            throw new CodedException(Issue.of(
                    AppError.BROKER_NOT_STARTED, "", "found: " + state + "; the lines of Artemis before say why"));
        }
    }

    private static void stop(EmbeddedActiveMQ halfStarted, Exception why) {
        try {
            if (halfStarted.getActiveMQServer() != null) {
                halfStarted.stop();
            }
        } catch (Exception e) {
            why.addSuppressed(e);
        }
    }

    /** Whether it is the broker now; not where it was closed while it started. */
    private synchronized boolean taken(EmbeddedActiveMQ next) {
        if (closing.getCount() == 0) {
            return false;
        }
        broker = next;
        stoppingSince = 0;
        return true;
    }

    private Configuration configuration() throws Exception {
        Configuration configuration = new ConfigurationImpl()
                .setName("tongmai")
                .setSecurityEnabled(true)
                .setPersistenceEnabled(true)
                .setJournalType(JournalType.NIO)
                .setJournalDatasync(true)
                .setJournalFileSize(JOURNAL_FILE_BYTES)
                .setJournalMinFiles(2)
                .setJournalLockAcquisitionTimeout(JOURNAL_LOCK)
                .setJournalDirectory(folder.resolve("journal").toString())
                .setBindingsDirectory(folder.resolve("bindings").toString())
                .setPagingDirectory(folder.resolve("paging").toString())
                .setLargeMessagesDirectory(folder.resolve("large-messages").toString())
                .setPersistIDCache(true)
                .setIDCacheSize(REMEMBERED_MESSAGE_NUMBERS)
                .setGlobalMaxSize(settings.maxMemory().toBytes())
                .setMaxDiskUsage(settings.maxDiskUsage())
                .setThreadPoolMaxSize(8)
                .setScheduledThreadPoolMaxSize(2)
                .setJMXManagementEnabled(true)
                .setCriticalAnalyzerPolicy(CriticalAnalyzerPolicy.SHUTDOWN);
        Map<String, Object> inside = new HashMap<>();
        inside.put(TransportConstants.SERVER_ID_PROP_NAME, Integer.toString(number));
        configuration.addAcceptorConfiguration(
                new TransportConfiguration(InVMAcceptorFactory.class.getName(), inside, "inside"));
        if (!settings.acceptor().isEmpty()) {
            configuration.addAcceptorConfiguration(outside());
        }
        return configuration.addAddressSetting("#", pageWhenFull());
    }

    private TransportConfiguration outside() {
        int colon = settings.acceptor().lastIndexOf(':');
        Map<String, Object> where = new HashMap<>();
        where.put("host", settings.acceptor().substring(0, colon));
        where.put("port", settings.acceptor().substring(colon + 1));
        return new TransportConfiguration(NettyAcceptorFactory.class.getName(), where, "outside");
    }

    /** Nothing is dropped and nobody is blocked for memory; when the disk is full the sender is blocked. */
    private static AddressSettings pageWhenFull() {
        return new AddressSettings()
                .setAddressFullMessagePolicy(AddressFullMessagePolicy.PAGE)
                .setMaxSizeBytes(16L * 1024 * 1024)
                .setPageSizeBytes(1024 * 1024)
                .setAutoCreateAddresses(true)
                .setAutoCreateQueues(true)
                .setAutoDeleteAddresses(false);
    }

    private void supervise() {
        while (!closed(LOOK_EVERY)) {
            if (!alive()) {
                LOG.error("{} {}", AppError.BROKER_ENDED.code(), AppError.BROKER_ENDED.summary());
                restart();
            }
        }
    }

    /**
     * One that is stopping is not started again yet: at its end it would take its successor out of the management. But not for
     * ever: what it hangs at may never come.
     */
    private synchronized boolean alive() {
        ActiveMQServer server = broker.getActiveMQServer();
        SERVER_STATE state = server == null ? SERVER_STATE.STOPPED : server.getState();
        if (state == SERVER_STATE.STARTED) {
            return true;
        }
        long now = System.nanoTime();
        stoppingSince = stoppingSince == 0 ? now : stoppingSince;
        return state == SERVER_STATE.STOPPING && now - stoppingSince < STOPPING_AT_MOST.toNanos();
    }

    private void restart() {
        try {
            launch();
            LOG.info("The broker answers again");
        } catch (Exception e) {
            LOG.error("{} it is tried again: {}", AppError.BROKER_NOT_STARTED.code(), e.toString());
        }
    }

    private boolean closed(Duration atMost) {
        try {
            return closing.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public void close() {
        closing.countDown();
        synchronized (this) {
            try {
                if (broker != null) {
                    broker.stop();
                }
            } catch (Exception e) {
                LOG.warn("The broker did not stop cleanly: {}", e.toString());
            }
        }
    }
}
