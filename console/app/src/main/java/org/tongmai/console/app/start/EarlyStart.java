package org.tongmai.console.app.start;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.context.event.ApplicationFailedEvent;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.tongmai.console.app.settings.TongmaiSettings;

/**
 * Begins what takes its time and needs nobody, before Spring looks for its beans: they find it there, begun or done. It is
 * stopped after all beans, and also when the start fails before there were any.
 */
public final class EarlyStart implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    private static final String BEAN = "begunEarly";

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        TongmaiSettings settings = Binder.get(context.getEnvironment()).bindOrCreate("tongmai", TongmaiSettings.class);
        BegunEarly begun = BegunEarly.begin(settings);
        context.addApplicationListener(new StopWhenFailed(begun));
        DefaultListableBeanFactory beans = (DefaultListableBeanFactory) context.getBeanFactory();
        beans.registerSingleton(BEAN, begun);
        beans.registerDisposableBean(BEAN, begun::close);
    }

    private record StopWhenFailed(BegunEarly begun) implements ApplicationListener<ApplicationFailedEvent> {
        @Override
        public void onApplicationEvent(ApplicationFailedEvent event) {
            begun.close();
        }
    }
}
