package org.tongmai.console.app.start;

import jakarta.jms.ConnectionFactory;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.tongmai.console.app.broker.EmbeddedBroker;
import org.tongmai.console.app.settings.BrokerSettings;
import org.tongmai.console.app.settings.TongmaiSettings;

/** The broker and how the kamelets of {@code adapters/jms} reach it. */
@Configuration(proxyBeanMethods = false)
class BrokerConfiguration {
    /** Where the broker is; closing stops the embedded one. */
    record BrokerServer(String url, String user, String password, AutoCloseable process) implements AutoCloseable {
        @Override
        public void close() throws Exception {
            process.close();
        }

        @Override
        public String toString() {
            return "BrokerServer[" + url + "]";
        }
    }

    @Bean(destroyMethod = "")
    BrokerServer brokerServer(BegunEarly begun) {
        return begun.broker();
    }

    /** Returns when it answers. */
    static BrokerServer start(TongmaiSettings settings, DataDirectory data) {
        BrokerSettings broker = settings.broker();
        if (!broker.embedded()) {
            String password = Secret.firstLineOf(broker.passwordFile(), "tongmai.broker.password-file");
            return new BrokerServer(broker.url(), broker.username(), password, () -> {});
        }
        String password = data.secret("broker");
        int number = ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE);
        EmbeddedBroker server = new EmbeddedBroker(data.resolve("broker"), broker, password, number);
        server.start();
        return new BrokerServer(server.url(), server.user(), password, server);
    }

    @Bean
    ConnectionFactory jmsConnectionFactory(BrokerServer server) {
        ActiveMQConnectionFactory factory =
                new ActiveMQConnectionFactory(server.url(), server.user(), server.password());
        factory.setReconnectAttempts(0);
        factory.setInitialConnectAttempts(1);
        // All sessions are transacted. Of the embedded broker it is known that a commit fails when a send of it did;
        // another
        // one may be set up to refuse a message in ways that only the send tells.
        factory.setBlockOnDurableSend(!server.url().startsWith("vm:"));
        return factory;
    }
}
