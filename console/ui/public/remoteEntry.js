// The door Hawtio comes in by: a module federation container written by hand. It fetches what our pages need from
// Hawtio's share scope, puts it where pages.js looks for it, and then loads pages.js.
;(() => {
  const here = new URL('.', document.currentScript.src)
  const wanted = {
    react: 'react',
    reactDom: 'react-dom',
    router: 'react-router-dom',
    core: '@patternfly/react-core',
    table: '@patternfly/react-table',
    hawtio: '@hawtio/react',
  }
  let scope
  let pages

  const fromScope = async name => {
    const versions = scope[name]
    const version = versions && Object.keys(versions)[0]
    if (!version) {
      throw new Error(`Hawtio does not share ${name}`)
    }
    const factory = await versions[version].get()
    return factory()
  }

  const script = url =>
    new Promise((done, failed) => {
      const element = document.createElement('script')
      element.src = url
      element.onload = done
      element.onerror = () => failed(new Error(`can not load ${url}`))
      document.head.append(element)
    })

  const style = url => {
    const element = document.createElement('link')
    element.rel = 'stylesheet'
    element.href = url
    document.head.append(element)
  }

  const load = async () => {
    const names = Object.keys(wanted)
    const modules = await Promise.all(names.map(name => fromScope(wanted[name])))
    window.TongmaiShared = Object.fromEntries(names.map((name, i) => [name, modules[i]]))
    style(new URL('pages.css', here))
    await script(new URL('pages.js', here))
    return window.TongmaiPages
  }

  window.tongmai = {
    init: shareScope => {
      scope = shareScope
    },
    get: async module => {
      if (module !== './plugin') {
        throw new Error(`no such module: ${module}`)
      }
      pages ??= load()
      const loaded = await pages
      return () => loaded
    },
  }
})()
