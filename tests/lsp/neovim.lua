-- A person in Neovim, from 0.7: opens the manifest, makes a mistake, reads what is said, mends it, goes to what is compiled.
local pipegen, answer = vim.env.PIPEGEN, vim.env.ANSWER
local told = {}

local function wait_for(what, condition)
  if not vim.wait(60000, condition, 20) then
    error("waited in vain for " .. what)
  end
end

local function diagnostics()
  return vim.diagnostic.get(0)
end

local function replace(old, new)
  local lines = vim.api.nvim_buf_get_lines(0, 0, -1, true)
  for number, line in ipairs(lines) do
    local first, last = line:find(old, 1, true)
    if first then
      vim.api.nvim_buf_set_text(0, number - 1, first - 1, number - 1, last, { new })
      return
    end
  end
  error("there is no " .. old)
end

local function cursor_at(words)
  for number, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, true)) do
    local first = line:find(words, 1, true)
    if first then
      vim.api.nvim_win_set_cursor(0, { number, first - 1 })
      return
    end
  end
  error("there is no " .. words)
end

local function run()
  vim.cmd("edit deploy.yaml")
  local client = vim.lsp.start_client({ name = "pipegen", cmd = { pipegen, "lsp" }, root_dir = vim.fn.getcwd() })
  vim.lsp.buf_attach_client(0, client)
  wait_for("the server", function()
    return vim.lsp.buf_is_attached(0, client) and vim.lsp.get_client_by_id(client).initialized
  end)

  replace('"22"', "22")
  wait_for("a diagnostic", function()
    return #diagnostics() == 1
  end)
  told.diagnostic = diagnostics()[1]

  cursor_at("node: 22")
  local asked = vim.lsp.util.make_range_params()
  asked.context = { diagnostics = {} }
  for _, reply in pairs(vim.lsp.buf_request_sync(0, "textDocument/codeAction", asked, 60000)) do
    told.action = reply.result[1].title
    vim.lsp.util.apply_workspace_edit(reply.result[1].edit, "utf-16")
  end
  wait_for("the end of it", function()
    return #diagnostics() == 0
  end)
  told.mended = vim.api.nvim_get_current_line()

  cursor_at("cpu: 512")
  for _, reply in pairs(vim.lsp.buf_request_sync(0, "textDocument/hover", vim.lsp.util.make_position_params(), 60000)) do
    told.hover = reply.result.contents.value
  end

  vim.cmd("write")
  cursor_at("min: 4")
  vim.lsp.buf.definition()
  wait_for("the definition", function()
    return vim.fn.expand("%:t") == "main.tf"
  end)
  told.file, told.line = vim.fn.expand("%:."), vim.api.nvim_get_current_line()
end

local ended, problem = pcall(run)
told.problem = not ended and tostring(problem) or nil
vim.fn.writefile({ vim.fn.json_encode(told) }, answer)
vim.cmd("qall!")
